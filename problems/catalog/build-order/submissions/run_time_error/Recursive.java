import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Visits depth first by recursion, for which the stack of a thread is too small. */
class Solution {
    private final Map<String, List<String>> uses = new HashMap<>();
    private final Set<String> visiting = new HashSet<>();
    private final Set<String> built = new HashSet<>();
    private final List<String> order = new ArrayList<>();

    List<String> buildOrder(List<String> modules, List<List<String>> dependencies) {
        for (List<String> d : dependencies) {
            uses.computeIfAbsent(d.get(0), k -> new ArrayList<>()).add(d.get(1));
        }
        return modules.stream().allMatch(this::build) ? order : List.of();
    }

    private boolean build(String module) {
        if (built.contains(module)) {
            return true;
        }
        if (!visiting.add(module)) {
            return false;
        }
        if (!uses.getOrDefault(module, List.of()).stream().allMatch(this::build)) {
            return false;
        }
        built.add(module);
        order.add(module);
        return true;
    }
}
