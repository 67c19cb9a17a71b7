import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Methods that a class gets besides its own, for what {@link Redirects} cannot say in place of a
 * call. Asking twice for the same one gives one.
 */
final class Bridges {
    /** What a bridge does with its parameters. */
    sealed interface Bridge {
        MethodTypeDesc type();

        void write(CodeBuilder code, ClassDesc driver);
    }

    /**
     * Calls the driver for an object of a type that derives from the one that the driver names, or
     * the method itself for objects of the classes that have their own.
     */
    record Passing(Redirects.Stand stand, Redirects.Call call, ClassDesc object, List<ClassDesc> own) implements Bridge {
        @Override
        public MethodTypeDesc type() {
            return stand.type().changeParameterType(0, object);
        }

        @Override
        public void write(CodeBuilder code, ClassDesc driver) {
            for (ClassDesc c : own) {
                Label next = code.newLabel();
                code.aload(0).instanceOf(c).ifeq(next);
                load(code, type());
                if (call.isInterface()) {
                    code.invokeinterface(call.owner(), call.name(), call.type());
                } else {
                    code.invokevirtual(call.owner(), call.name(), call.type());
                }
                code.return_(TypeKind.from(type().returnType())).labelBinding(next);
            }
            load(code, type());
            code.invokestatic(driver, stand.method(), stand.type()).return_(TypeKind.from(type().returnType()));
        }
    }

    /** Calls the driver, and makes an object. */
    record Making(Redirects.Stand stand, ClassDesc object, MethodTypeDesc constructor) implements Bridge {
        @Override
        public MethodTypeDesc type() {
            return constructor.changeReturnType(object);
        }

        @Override
        public void write(CodeBuilder code, ClassDesc driver) {
            code.invokestatic(driver, stand.method(), stand.type()).new_(object).dup();
            load(code, type());
            code.invokespecial(object, ConstantDescs.INIT_NAME, constructor).areturn();
        }
    }

    private final ClassDesc of;
    private final boolean isInterface;
    private final ClassDesc driver;
    private final Map<Bridge, String> names = new LinkedHashMap<>();

    Bridges(ClassModel of, ClassDesc driver) {
        this.of = of.thisClass().asSymbol();
        this.isInterface = of.flags().has(AccessFlag.INTERFACE);
        this.driver = driver;
    }

    /** Whether the class of the bridges has access to another. */
    boolean canName(ClassModel other) {
        return other.flags().has(AccessFlag.PUBLIC) || other.thisClass().asSymbol().packageName().equals(of.packageName());
    }

    DirectMethodHandleDesc handle(Bridge b) {
        return MethodHandleDesc.ofMethod(
                isInterface ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC : DirectMethodHandleDesc.Kind.STATIC, of, name(b), b.type());
    }

    void call(CodeBuilder code, Bridge b) {
        code.invokestatic(of, name(b), b.type(), isInterface);
    }

    private String name(Bridge b) {
        return names.computeIfAbsent(b, k -> "docket$" + names.size());
    }

    void write(ClassBuilder to) {
        int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
        names.forEach((b, name) -> to.withMethodBody(name, b.type(), flags, code -> b.write(code, driver)));
    }

    private static void load(CodeBuilder code, MethodTypeDesc type) {
        for (int i = 0; i < type.parameterCount(); i++) {
            code.loadLocal(TypeKind.from(type.parameterType(i)), code.parameterSlot(i));
        }
    }
}
