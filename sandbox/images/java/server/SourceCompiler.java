import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles sources from memory to memory. Each compilation has its own
 * compiler state, so that nothing of one submission can reach the next; what
 * they share is the file manager's view of the platform's classes.
 */
final class SourceCompiler {
    private static final int MAX_DIAGNOSTICS = 64 << 10;
    private static final int MAX_JAR = 32 << 20;

    private static final List<String> OPTIONS = List.of(
            "-proc:none",
            "-implicit:none",
            "-nowarn",
            "-Xlint:none",
            "-XDsuppressNotes",
            "-encoding", "UTF-8",
            "-g:source,lines",
            // Concatenation without invokedynamic: each call site would cost
            // the program half a millisecond when it is first reached.
            "-XDstringConcat=inline",
            // Only what the run image has can be compiled against.
            "--limit-modules", modulesOfRuns());

    private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager platform =
            javac.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);

    /** This image has the modules of the run image and, besides, the compiler. */
    private static String modulesOfRuns() {
        return ModuleFinder.ofSystem().findAll().stream()
                .map(m -> m.descriptor().name())
                .filter(name -> !name.equals("jdk.compiler") && !name.equals("java.compiler"))
                .filter(name -> !name.startsWith("jdk.internal."))
                .sorted()
                .collect(Collectors.joining(","));
    }

    /** Compiles the sources, of which the last are the driver's. */
    Answer compile(List<Source> sources, int drivers) throws IOException {
        Text out = new Text(MAX_DIAGNOSTICS);
        MemoryFiles files = new MemoryFiles(platform);
        List<JavaFileObject> units = new ArrayList<>();
        for (Source s : sources) {
            units.add(new SourceFile(s));
        }
        boolean ok;
        try {
            ok = javac.getTask(out, files, null, OPTIONS, null, units).call();
        } catch (StackOverflowError e) {
            return tooDeep();
        } catch (RuntimeException e) {
            return Answer.failed(Answer.COMPILE_ERROR, "error: the compiler gave up: " + e.getClass().getSimpleName() + "\n");
        }
        String said = out.toString();
        if (!ok) {
            return gaveUp(said) ? tooDeep() : Answer.failed(Answer.COMPILE_ERROR, said);
        }
        Map<String, byte[]> classes;
        try {
            classes = Redirects.apply(files.classes(), sources.subList(sources.size() - drivers, sources.size()));
        } catch (RuntimeException e) {
            return Answer.failed(Answer.COMPILE_ERROR, "error: the classes cannot be run on virtual time: " + e.getMessage() + "\n");
        }
        String main = MainClass.find(classes);
        if (main == null) {
            return Answer.failed(Answer.NO_MAIN_CLASS, said
                    + "error: no class has a main method; declare one as public static void main(String[] args)\n");
        }
        byte[] jar = StoredJar.of(classes);
        if (jar.length > MAX_JAR) {
            return Answer.failed(Answer.COMPILE_ERROR, "error: the compiled classes take more than " + (MAX_JAR >> 20) + " MiB\n");
        }
        return Answer.ok(main, said, jar);
    }

    /** A crash of javac's own, which it reports with a stack trace that helps nobody. */
    private static boolean gaveUp(String said) {
        return said.contains("java.lang.StackOverflowError")
                && (said.contains("An exception has occurred in the compiler (") || said.contains("The system is out of resources."));
    }

    private static Answer tooDeep() {
        return Answer.failed(Answer.COMPILE_ERROR, "error: the source is nested too deeply for the compiler\n");
    }
}
