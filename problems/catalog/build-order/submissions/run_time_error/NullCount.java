import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts only for modules that use others, and unboxes the count of one that does not. */
class Solution {
    List<String> buildOrder(List<String> modules, List<List<String>> dependencies) {
        Map<String, Integer> missing = new HashMap<>();
        Map<String, List<String>> users = new HashMap<>();
        for (List<String> d : dependencies) {
            missing.merge(d.get(0), 1, Integer::sum);
            users.computeIfAbsent(d.get(1), k -> new ArrayList<>()).add(d.get(0));
        }
        var ready = new ArrayDeque<String>();
        for (String module : modules) {
            if (missing.get(module) == 0) {
                ready.add(module);
            }
        }
        List<String> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            String built = ready.remove();
            order.add(built);
            for (String user : users.getOrDefault(built, List.of())) {
                if (missing.merge(user, -1, Integer::sum) == 0) {
                    ready.add(user);
                }
            }
        }
        return order.size() == modules.size() ? order : List.of();
    }
}
