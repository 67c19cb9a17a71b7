import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Methods that a class gets besides its own, for what {@link Redirects} cannot say in place of a
 * call. Asking twice for the same one gives one.
 */
final class Bridges {
    /** Calls the driver for an object of a type that derives from the one that the driver names. */
    private record Bridge(Redirects.Stand stand, ClassDesc object) {}

    private final ClassDesc of;
    private final boolean isInterface;
    private final ClassDesc driver;
    private final Map<Bridge, String> names = new LinkedHashMap<>();

    Bridges(ClassModel of, ClassDesc driver) {
        this.of = of.thisClass().asSymbol();
        this.isInterface = of.flags().has(AccessFlag.INTERFACE);
        this.driver = driver;
    }

    /** The bridge to a stand for objects of a type. */
    DirectMethodHandleDesc to(Redirects.Stand stand, ClassDesc object) {
        Bridge b = new Bridge(stand, object);
        String name = names.computeIfAbsent(b, k -> "docket$" + names.size());
        return MethodHandleDesc.ofMethod(
                isInterface ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC : DirectMethodHandleDesc.Kind.STATIC, of, name, type(b));
    }

    private static MethodTypeDesc type(Bridge b) {
        return b.stand.type().changeParameterType(0, b.object);
    }

    void write(ClassBuilder to) {
        int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
        names.forEach((b, name) -> to.withMethodBody(name, type(b), flags, code -> body(code, b)));
    }

    private void body(CodeBuilder code, Bridge b) {
        for (int i = 0; i < b.stand.type().parameterCount(); i++) {
            code.loadLocal(TypeKind.from(b.stand.type().parameterType(i)), code.parameterSlot(i));
        }
        code.invokestatic(driver, b.stand.method(), b.stand.type());
        code.return_(TypeKind.from(b.stand.type().returnType()));
    }
}
