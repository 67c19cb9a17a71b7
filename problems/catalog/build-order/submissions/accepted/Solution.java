import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Decides in which order modules are built. */
public class Solution {
    private static final class Module {
        final String name;
        final List<Module> users = new ArrayList<>();
        int missing;

        Module(String name) {
            this.name = name;
        }
    }

    /** Returns the modules so that each comes after all that it uses; empty if some use each other in a circle. */
    public List<String> buildOrder(List<String> modules, List<List<String>> dependencies) {
        Map<String, Module> byName = new HashMap<>();
        for (String name : modules) {
            byName.put(name, new Module(name));
        }
        for (List<String> dependency : dependencies) {
            Module module = byName.get(dependency.get(0));
            module.missing++;
            byName.get(dependency.get(1)).users.add(module);
        }

        Queue<Module> ready = new ArrayDeque<>();
        for (Module module : byName.values()) {
            if (module.missing == 0) {
                ready.add(module);
            }
        }
        List<String> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            Module built = ready.remove();
            order.add(built.name);
            for (Module user : built.users) {
                user.missing--;
                if (user.missing == 0) {
                    ready.add(user);
                }
            }
        }
        return order.size() == modules.size() ? order : List.of();
    }
}
