import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the class that {@code java} should start: one with a main method in
 * any form that Java 25 launches. Of several, a public one goes before others,
 * one called Main before others, an outer one before nested ones, and the
 * classic form of main before the newer ones; then the first counts.
 */
final class MainClass {
    private final Map<String, ClassModel> models = new HashMap<>();

    private MainClass(Map<String, byte[]> classes) {
        classes.forEach((name, bytes) -> models.put(name, ClassFile.of().parse(bytes)));
    }

    /** The binary name of the class, or null when none can be started. */
    static String find(Map<String, byte[]> classes) {
        MainClass finder = new MainClass(classes);
        String best = null;
        int bestRank = 0;
        for (String name : classes.keySet()) {
            int rank = finder.rank(name);
            if (rank > bestRank) {
                best = name;
                bestRank = rank;
            }
        }
        return best;
    }

    /** How well a class serves; 0 when it cannot be started. */
    private int rank(String name) {
        ClassModel c = models.get(name);
        int form = form(c);
        if (form == 0) {
            return 0;
        }
        String simple = name.substring(name.lastIndexOf('.') + 1);
        boolean outer = simple.indexOf('$') < 0;
        boolean open = outer && c.flags().has(AccessFlag.PUBLIC);
        return (open ? 32 : 0) + (simple.equals("Main") ? 16 : 0) + (outer ? 8 : 0) + form;
    }

    /** 4 for the classic form of main, 3 to 1 for the newer ones, 0 for none. */
    private int form(ClassModel c) {
        int best = 0;
        boolean startable = !c.flags().has(AccessFlag.ABSTRACT) && hasConstructor(c);
        // main may be inherited from another class of the submission.
        for (ClassModel at = c; at != null; at = parent(at)) {
            for (MethodModel m : at.methods()) {
                best = Math.max(best, form(m, startable));
            }
        }
        return best;
    }

    private static int form(MethodModel m, boolean startable) {
        String type = m.methodType().stringValue();
        boolean args = type.equals("([Ljava/lang/String;)V");
        if (!m.methodName().equalsString("main") || !args && !type.equals("()V") || m.flags().has(AccessFlag.PRIVATE)
                || m.flags().has(AccessFlag.ABSTRACT)) {
            return 0;
        }
        boolean fixed = m.flags().has(AccessFlag.STATIC);
        if (!fixed && !startable) {
            return 0;
        }
        if (!args) {
            return 1;
        }
        return !fixed ? 2 : m.flags().has(AccessFlag.PUBLIC) ? 4 : 3;
    }

    private ClassModel parent(ClassModel c) {
        return c.superclass().map(s -> models.get(s.asInternalName().replace('/', '.'))).orElse(null);
    }

    private static boolean hasConstructor(ClassModel c) {
        for (MethodModel m : c.methods()) {
            if (m.methodName().equalsString("<init>") && m.methodType().equalsString("()V") && !m.flags().has(AccessFlag.PRIVATE)) {
                return true;
            }
        }
        return false;
    }
}
