import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Goes through the list of open modules until a whole pass builds nothing. */
class Solution {
    List<String> buildOrder(List<String> modules, List<List<String>> dependencies) {
        Map<String, List<String>> uses = new HashMap<>();
        for (List<String> d : dependencies) {
            uses.computeIfAbsent(d.get(0), k -> new ArrayList<>()).add(d.get(1));
        }
        List<String> open = new ArrayList<>(modules);
        var built = new HashSet<String>();
        List<String> order = new ArrayList<>();
        boolean progress = true;
        while (progress) {
            progress = false;
            for (var it = open.iterator(); it.hasNext(); ) {
                String module = it.next();
                if (built.containsAll(uses.getOrDefault(module, List.of()))) {
                    it.remove();
                    built.add(module);
                    order.add(module);
                    progress = true;
                }
            }
        }
        return open.isEmpty() ? order : List.of();
    }
}
