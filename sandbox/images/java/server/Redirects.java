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
import java.lang.classfile.CodeModel;
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
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Redirects calls of the platform's methods to those of a driver. A driver asks for it by a file
 * DocketTime.java with a class whose static methods bear an annotation Instead, in which it says what
 * each stands in for; see there. Where a driver has no such file, or there is none, nothing is changed.
 */
final class Redirects {
    private static final String DRIVER = "DocketTime";

    /** A method of the driver, and the class whose method it stands in for. */
    record Stand(String owner, String method, MethodTypeDesc type) {}

    /** A call of a method of an object. */
    record Call(ClassDesc owner, String name, MethodTypeDesc type, boolean isInterface) {}

    private final Map<String, byte[]> classes;
    private final Set<String> drivers; // the classes of the driver's files
    private final ClassDesc driver;
    private final Map<String, List<Stand>> stands = new HashMap<>(); // by the name that they stand in for
    private final Map<String, ClassModel> models = new HashMap<>(); // by internal name
    private final Map<String, Boolean> kin = new HashMap<>();
    private final Map<Stand, List<ClassModel>> own = new HashMap<>();

    private Redirects(Map<String, byte[]> classes, Set<String> drivers, String driver) {
        this.classes = classes;
        this.drivers = drivers;
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

    /** The classes as they are to be run, given the files of the driver among their sources. */
    static Map<String, byte[]> apply(Map<String, byte[]> classes, List<Source> driver) {
        Set<String> names = new HashSet<>();
        String asks = null;
        for (Source s : driver) {
            String name = className(s);
            names.add(name);
            if (s.name().equals(DRIVER + ".java")) {
                asks = name;
            }
        }
        return asks == null ? classes : new Redirects(classes, names, asks).apply();
    }

    /** A driver's file has one class, which is named for it, and begins with its package if it has one. */
    private static String className(Source s) {
        String simple = s.name().substring(0, s.name().lastIndexOf('.'));
        String clause = "package ";
        return s.content().startsWith(clause) ? s.content().substring(clause.length(), s.content().indexOf(';')) + "." + simple : simple;
    }

    private boolean isDriver(String name) {
        int dollar = name.indexOf('$', name.lastIndexOf('.') + 1);
        return drivers.contains(dollar < 0 ? name : name.substring(0, dollar));
    }

    private Map<String, byte[]> apply() {
        ClassFile file = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(this::resource)
                .orElse(ClassHierarchyResolver.defaultResolver())));
        for (Map.Entry<String, byte[]> c : classes.entrySet()) {
            ClassModel model = models.get(c.getKey().replace('.', '/'));
            Bridges bridges = new Bridges(model, driver);
            if (!isDriver(c.getKey()) && concerned(model, bridges)) {
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
            case InvokeInstruction i when standFor(i) instanceof Stand s -> {
                List<ClassDesc> own = i.opcode() == Opcode.INVOKESTATIC ? List.of() : own(s, i.name().stringValue(), i.typeSymbol(), bridges);
                if (own.isEmpty()) {
                    code.invokestatic(driver, s.method, s.type);
                } else {
                    ClassDesc owner = i.owner().asSymbol();
                    Call call = new Call(owner, i.name().stringValue(), i.typeSymbol(), i.isInterface());
                    bridges.call(code, new Bridges.Passing(s, call, owner, own));
                }
            }
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
        return standForNew(n.className().asInternalName());
    }

    private Stand standForNew(String name) {
        return find(name, "new", MethodTypeDesc.ofDescriptor("()V"), true);
    }

    private Stand find(String owner, String name, MethodTypeDesc type, boolean fixed) {
        for (Stand s : stands.getOrDefault(name, List.of())) {
            MethodTypeDesc wanted = fixed ? type : type.insertParameterTypes(0, ClassDesc.ofInternalName(s.owner));
            if (s.type.equals(wanted) && isKin(owner, s.owner)) {
                return inheritsOwn(owner, s, name, type, fixed) ? null : s;
            }
        }
        return null;
    }

    /** Whether a class of the solution has a method by its own code or that of a parent, not by the platform's. */
    private boolean inheritsOwn(String name, Stand s, String method, MethodTypeDesc type, boolean fixed) {
        ClassModel model = models.get(name);
        return model != null && isKin(name, s.owner)
                && (writes(model, method, type, fixed)
                        || parents(model).stream().anyMatch(p -> inheritsOwn(p, s, method, type, fixed)));
    }

    /**
     * Whether a class declares a method that does what it does by itself. One that asks its parent
     * for it waits as the platform does, so its calls are redirected like the parent's.
     */
    private static boolean writes(ClassModel model, String method, MethodTypeDesc type, boolean fixed) {
        boolean declared = false;
        for (MethodModel m : model.methods()) {
            declared |= m.methodName().equalsString(method) && m.methodTypeSymbol().equals(type)
                    && m.flags().has(AccessFlag.STATIC) == fixed && m.code().isPresent();
        }
        return declared && model.methods().stream().flatMap(m -> m.code().stream()).flatMap(CodeModel::elementStream)
                .noneMatch(e -> e instanceof InvokeInstruction i && i.opcode() == Opcode.INVOKESPECIAL && i.name().equalsString(method)
                        && i.typeSymbol().parameterList().equals(type.parameterList()));
    }

    /** The classes of the solution that have a method of their own, as far as the class of the bridges can name them. */
    private List<ClassDesc> own(Stand s, String method, MethodTypeDesc type, Bridges bridges) {
        return own.computeIfAbsent(s, k -> models.values().stream()
                        .filter(m -> !isDriver(m.thisClass().asInternalName().replace('/', '.')) && writes(m, method, type, false)
                                && isKin(m.thisClass().asInternalName(), s.owner))
                        .toList())
                .stream().filter(bridges::canName).map(m -> m.thisClass().asSymbol()).toList();
    }

    /** The call site with references to redirected methods exchanged, or null when it has none. */
    private DynamicCallSiteDesc redirected(InvokeDynamicInstruction d, Bridges bridges) {
        List<ConstantDesc> args = new ArrayList<>(d.bootstrapArgs());
        boolean found = false;
        for (int i = 0; i < args.size(); i++) {
            if (!(args.get(i) instanceof DirectMethodHandleDesc h)) {
                continue;
            }
            if (exchanged(h, d.typeSymbol(), bridges) instanceof DirectMethodHandleDesc other) {
                args.set(i, other);
                found = true;
            }
        }
        if (!found) {
            return null;
        }
        return DynamicCallSiteDesc.of(d.bootstrapMethod(), d.name().stringValue(), d.typeSymbol(), args.toArray(ConstantDesc[]::new));
    }

    /** What is referred to instead, or null when the method is not redirected. */
    private DirectMethodHandleDesc exchanged(DirectMethodHandleDesc h, MethodTypeDesc captured, Bridges bridges) {
        String descriptor = h.owner().descriptorString();
        if (!descriptor.startsWith("L") || h.kind() == DirectMethodHandleDesc.Kind.GETTER) {
            return null; // a method of arrays, or a component of a record
        }
        String owner = descriptor.substring(1, descriptor.length() - 1);
        MethodTypeDesc type = MethodTypeDesc.ofDescriptor(h.lookupDescriptor());
        switch (h.kind()) {
            case STATIC, INTERFACE_STATIC -> {
                Stand s = find(owner, h.methodName(), type, true);
                return s == null ? null : direct(s);
            }
            case CONSTRUCTOR -> {
                Stand s = standForNew(owner);
                return s == null ? null : bridges.handle(new Bridges.Making(s, h.owner(), type));
            }
            case VIRTUAL, INTERFACE_VIRTUAL -> {
                Stand s = find(owner, h.methodName(), type, false);
                if (s == null) {
                    return null;
                }
                // What a reference has captured is given to a static method as it is: its type must be the same.
                boolean bound = captured.parameterCount() > 0;
                ClassDesc object = bound ? captured.parameterType(0) : h.owner();
                List<ClassDesc> own = own(s, h.methodName(), type, bridges);
                if (own.isEmpty() && (!bound || object.equals(s.type.parameterType(0)))) {
                    return direct(s);
                }
                return bridges.handle(new Bridges.Passing(s, new Call(h.owner(), h.methodName(), type, h.isOwnerInterface()), object, own));
            }
            default -> {
                return null;
            }
        }
    }

    private DirectMethodHandleDesc direct(Stand s) {
        return MethodHandleDesc.ofMethod(DirectMethodHandleDesc.Kind.STATIC, driver, s.method, s.type);
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
        // Not through isKin, whose map is being filled.
        return parents(own).stream().anyMatch(p -> p.equals(of) || derives(p, of));
    }

    private static List<String> parents(ClassModel model) {
        List<String> parents = new ArrayList<>();
        model.superclass().ifPresent(c -> parents.add(c.asInternalName()));
        model.interfaces().forEach(c -> parents.add(c.asInternalName()));
        return parents;
    }

    private static Class<?> platform(String name) {
        try {
            return Class.forName(name.replace('/', '.'), false, ClassLoader.getPlatformClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
