import java.io.ByteArrayInputStream;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Redirects calls of the platform's methods to those of a driver. A driver asks for it by a class
 * DocketTime whose static methods bear an annotation Instead, in which it says what each stands in
 * for; see there. Where there is no such class nothing is changed.
 */
final class Redirects {
    private static final String DRIVER = "DocketTime";
    private static final Set<String> DRIVERS = Set.of(DRIVER, "DocketSim", "DocketMain");

    /** A method of the driver, and the class whose method it stands in for. */
    record Stand(String owner, String method, MethodTypeDesc type) {}

    private final Map<String, byte[]> classes;
    private final ClassDesc driver;
    private final Map<String, List<Stand>> stands = new HashMap<>(); // by the name that they stand in for
    private final Map<String, ClassModel> models = new HashMap<>(); // by internal name
    private final Map<String, Boolean> kin = new HashMap<>();

    private Redirects(Map<String, byte[]> classes, String driver) {
        this.classes = classes;
        this.driver = ClassDesc.of(driver);
        for (Map.Entry<String, byte[]> c : classes.entrySet()) {
            models.put(c.getKey().replace('.', '/'), ClassFile.of().parse(c.getValue()));
        }
        for (MethodModel m : models.get(driver.replace('.', '/')).methods()) {
            m.findAttribute(Attributes.runtimeInvisibleAnnotations()).ifPresent(all -> all.annotations().forEach(a -> add(m, a)));
        }
    }

    private void add(MethodModel m, Annotation a) {
        if (!a.className().stringValue().endsWith(DRIVER + "$Instead;")
                || !(a.elements().getFirst().value() instanceof AnnotationValue.OfString s)) {
            return;
        }
        int dot = s.stringValue().lastIndexOf('.');
        String owner = s.stringValue().substring(0, dot);
        stands.computeIfAbsent(s.stringValue().substring(dot + 1), n -> new ArrayList<>())
                .add(new Stand(owner, m.methodName().stringValue(), m.methodTypeSymbol()));
    }

    /** The classes as they are to be run. */
    static Map<String, byte[]> apply(Map<String, byte[]> classes) {
        for (String name : classes.keySet()) {
            if (simple(name).equals(DRIVER)) {
                return new Redirects(classes, name).apply();
            }
        }
        return classes;
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private Map<String, byte[]> apply() {
        ClassFile file = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(this::resource)
                .orElse(ClassHierarchyResolver.defaultResolver())));
        for (Map.Entry<String, byte[]> c : classes.entrySet()) {
            String simple = simple(c.getKey());
            int dollar = simple.indexOf('$');
            ClassModel model = models.get(c.getKey().replace('.', '/'));
            Bridges bridges = new Bridges(model, driver);
            if (!DRIVERS.contains(dollar < 0 ? simple : simple.substring(0, dollar)) && concerned(model, bridges)) {
                c.setValue(file.transformClass(model, ClassTransform.transformingMethodBodies((code, e) -> transform(code, e, bridges))
                        .andThen(ClassTransform.endHandler(bridges::write))));
            }
        }
        return classes;
    }

    private java.io.InputStream resource(ClassDesc type) {
        String name = type.descriptorString();
        byte[] bytes = classes.get(name.substring(1, name.length() - 1).replace('/', '.'));
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    /** Whether anything in a class is redirected. */
    private boolean concerned(ClassModel model, Bridges bridges) {
        for (MethodModel m : model.methods()) {
            if (m.code().isEmpty()) {
                continue;
            }
            for (CodeElement e : m.code().get()) {
                boolean found = switch (e) {
                    case InvokeInstruction i -> standFor(i) != null;
                    case NewObjectInstruction n -> standForNew(n) != null;
                    case InvokeDynamicInstruction d -> redirected(d, bridges) != null;
                    default -> false;
                };
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }

    private void transform(CodeBuilder code, CodeElement e, Bridges bridges) {
        switch (e) {
            case InvokeInstruction i when standFor(i) instanceof Stand s -> code.invokestatic(driver, s.method, s.type);
            case NewObjectInstruction n when standForNew(n) instanceof Stand s -> code.invokestatic(driver, s.method, s.type).with(n);
            case InvokeDynamicInstruction d when redirected(d, bridges) instanceof DynamicCallSiteDesc site -> code.invokedynamic(site);
            default -> code.with(e);
        }
    }

    private Stand standFor(InvokeInstruction i) {
        if (i.opcode() == Opcode.INVOKESPECIAL) {
            return null; // a constructor, or what a class asks of its parent
        }
        return find(i.owner().asInternalName(), i.name().stringValue(), i.typeSymbol(), i.opcode() == Opcode.INVOKESTATIC);
    }

    private Stand standForNew(NewObjectInstruction n) {
        return find(n.className().asInternalName(), "new", MethodTypeDesc.ofDescriptor("()V"), true);
    }

    private Stand find(String owner, String name, MethodTypeDesc type, boolean fixed) {
        for (Stand s : stands.getOrDefault(name, List.of())) {
            MethodTypeDesc wanted = fixed ? type : type.insertParameterTypes(0, ClassDesc.ofInternalName(s.owner));
            if (s.type.equals(wanted) && isKin(owner, s.owner)) {
                return s;
            }
        }
        return null;
    }

    /** The call site with references to redirected methods exchanged, or null when it has none. */
    private DynamicCallSiteDesc redirected(InvokeDynamicInstruction d, Bridges bridges) {
        MethodTypeDesc captured = d.typeSymbol();
        List<ConstantDesc> args = new ArrayList<>(d.bootstrapArgs());
        boolean found = false;
        for (int i = 0; i < args.size(); i++) {
            if (!(args.get(i) instanceof DirectMethodHandleDesc h)) {
                continue;
            }
            boolean fixed = h.kind() == DirectMethodHandleDesc.Kind.STATIC || h.kind() == DirectMethodHandleDesc.Kind.INTERFACE_STATIC;
            boolean virtual = h.kind() == DirectMethodHandleDesc.Kind.VIRTUAL || h.kind() == DirectMethodHandleDesc.Kind.INTERFACE_VIRTUAL;
            String owner = h.owner().descriptorString();
            if (!fixed && !virtual || !owner.startsWith("L")) {
                continue;
            }
            Stand s = find(owner.substring(1, owner.length() - 1), h.methodName(), MethodTypeDesc.ofDescriptor(h.lookupDescriptor()), fixed);
            if (s != null) {
                // What a reference has captured is given to a static method as it is: its type must be the same.
                boolean bound = virtual && captured.parameterCount() > 0 && !captured.parameterType(0).equals(s.type.parameterType(0));
                args.set(i, bound
                        ? bridges.to(s, captured.parameterType(0))
                        : MethodHandleDesc.ofMethod(DirectMethodHandleDesc.Kind.STATIC, driver, s.method, s.type));
                found = true;
            }
        }
        if (!found) {
            return null;
        }
        return DynamicCallSiteDesc.of(d.bootstrapMethod(), d.name().stringValue(), d.typeSymbol(), args.toArray(ConstantDesc[]::new));
    }

    /** Whether a class is another, or derives from it. */
    private boolean isKin(String name, String of) {
        return name.equals(of) || kin.computeIfAbsent(name + " " + of, k -> derives(name, of));
    }

    private boolean derives(String name, String of) {
        ClassModel own = models.get(name);
        if (own == null) {
            return platform(of) instanceof Class<?> base && platform(name) instanceof Class<?> derived && base.isAssignableFrom(derived);
        }
        List<String> parents = new ArrayList<>();
        Consumer<java.lang.classfile.constantpool.ClassEntry> add = c -> parents.add(c.asInternalName());
        own.superclass().ifPresent(add);
        own.interfaces().forEach(add);
        // Not through isKin, whose map is being filled.
        return parents.stream().anyMatch(p -> p.equals(of) || derives(p, of));
    }

    private static Class<?> platform(String name) {
        try {
            return Class.forName(name.replace('/', '.'), false, ClassLoader.getPlatformClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
