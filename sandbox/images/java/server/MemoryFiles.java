import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.io.IOException;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;

/**
 * Shows javac the platform's classes and nothing else of this machine, and
 * keeps what it writes in memory.
 */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ClassFile> written = new LinkedHashMap<>();

    MemoryFiles(JavaFileManager platform) {
        super(platform);
    }

    /** The classes written, by binary name, in the order in which they came. */
    Map<String, byte[]> classes() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        written.forEach((name, file) -> all.put(name, file.bytes.toByteArray()));
        return all;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        ClassFile file = new ClassFile(className, kind);
        written.put(className, file);
        return file;
    }

    @Override
    public FileObject getFileForOutput(Location location, String packageName, String relativeName, FileObject sibling) throws IOException {
        throw new IOException("only classes can be written");
    }

    @Override
    public boolean hasLocation(Location location) {
        return isPlatform(location) && super.hasLocation(location);
    }

    @Override
    public Iterable<JavaFileObject> list(Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
            throws IOException {
        return isPlatform(location) ? super.list(location, packageName, kinds, recurse) : List.of();
    }

    @Override
    public void close() {
        // The platform's file manager outlives the compilation.
    }

    private static boolean isPlatform(Location location) {
        return location == StandardLocation.SYSTEM_MODULES || location == StandardLocation.PLATFORM_CLASS_PATH
                || !(location instanceof StandardLocation);
    }

    private static final class ClassFile extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);

        ClassFile(String className, Kind kind) {
            super(URI.create("memory:///out/" + Integer.toHexString(className.hashCode()) + kind.extension), kind);
        }

        @Override
        public OutputStream openOutputStream() {
            bytes.reset();
            return bytes;
        }
    }
}
