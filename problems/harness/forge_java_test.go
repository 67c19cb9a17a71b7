//go:build !quick

package harness_test

import "github.com/docketjudge/docket/judge"

// javaEverywhere writes to every descriptor above the standard streams that is
// open for writing.
const javaEverywhere = `
    static java.util.List<String> open(String access) {
        java.util.List<String> found = new java.util.ArrayList<>();
        for (String fd : new java.io.File("/proc/self/fd").list()) {
            try {
                String flags = java.nio.file.Files.readAllLines(java.nio.file.Path.of("/proc/self/fdinfo/" + fd)).get(1);
                String link = java.nio.file.Files.readSymbolicLink(java.nio.file.Path.of("/proc/self/fd/" + fd)).toString();
                if (Integer.parseInt(fd) > 2 && link.startsWith("pipe:") && flags.endsWith(access)) {
                    found.add("/proc/self/fd/" + fd);
                }
            } catch (java.io.IOException e) {
                continue;
            }
        }
        return found;
    }

    static void everywhere(String text) {
        for (String fd : open("1")) {
            try (java.io.FileOutputStream f = new java.io.FileOutputStream(fd)) {
                f.write(text.getBytes());
            } catch (java.io.IOException e) {
                continue;
            }
        }
    }

    static int sum(int[] numbers) {
        int sum = 0;
        for (int n : numbers) {
            sum += n;
        }
        return sum;
    }
}
`

var javaForgeries = []forgery{
	{
		name: "exit-in-static-initializer", lang: judge.Java, want: wrong, claims: "",
		source: `class Solution {
    static {
        System.exit(0);
    }

    int total(int[] numbers) {
        return 0;
    }
}
`,
	},
	{
		name: "exit-in-first-call", lang: judge.Java, want: wrong, claims: "",
		source: `class Solution {
    int total(int[] numbers) {
        System.exit(0);
        return 0;
    }
}
`,
	},
	{
		name: "halt-midway", lang: judge.Java, want: wrong, claims: "6\n30\n",
		source: `class Solution {
    static int calls;

    int total(int[] numbers) throws InterruptedException {
        if (++calls == 3) {
            Runtime.getRuntime().halt(0);
        }
        Thread.sleep(50); // lets the results before out
        return sum(numbers);
    }
` + javaEverywhere,
	},
	{
		name: "write-to-every-descriptor", lang: judge.Java, want: wrong, claims: "1\n2\n3\n4\n",
		source: `class Solution {
    int total(int[] numbers) {
        everywhere("1\n2\n3\n4\n");
        Runtime.getRuntime().halt(0);
        return 0;
    }
` + javaEverywhere,
	},
	{
		name: "driver-used", lang: judge.Java, want: wrong, claims: "9\n9\n9\n9\n",
		source: `class Solution {
    int total(int[] numbers) throws Exception {
        for (String fd : open("1")) {
            DocketMain.Out out = new DocketMain.Out(new java.io.FileOutputStream(fd));
            for (int i = 0; i < 4; i++) {
                out.write(9L);
                out.raw('\n');
            }
            out.flush();
        }
        Runtime.getRuntime().halt(0);
        return 0;
    }
` + javaEverywhere,
	},
	{
		name: "driver-by-reflection", lang: judge.Java, want: wrong, claims: "0\n0\n0\n0\n",
		source: `import java.lang.reflect.Field;
import java.lang.reflect.Method;

class Solution {
    int total(int[] numbers) throws Exception {
        Class<?> driver = Class.forName("DocketMain");
        for (Field f : driver.getDeclaredFields()) {
            f.setAccessible(true);
            System.out.println(f.getName() + " " + f.get(null));
        }
        Method m = driver.getDeclaredMethod("moveOutput");
        m.setAccessible(true);
        Object results = m.invoke(null);
        ((java.io.OutputStream) results).write("6\n30\n7\n-1\n".getBytes());
        return 0;
    }
}
`,
	},
	{
		name: "driver-run-again", lang: judge.Java, want: wrong, claims: "",
		source: `class Solution {
    int total(int[] numbers) {
        DocketMain.main(null);
        return 0;
    }
}
`,
	},
	{
		name: "driver-of-its-own", lang: judge.Java, want: noCompile, without: []string{"class DocketMain {\n    public static void main(String[] a) {}\n}\n"},
		source: `class DocketMain {
    public static void main(String[] a) {}
}
class Solution {
    int total(int[] numbers) {
        return sum(numbers);
    }
` + javaEverywhere,
	},
	{
		name: "system-of-its-own", lang: judge.Java, want: wrong, claims: "0\n0\n0\n0\n",
		source: `class System {
    static java.io.PrintStream out = null, err = null;

    static long nanoTime() {
        Solution.everywhere("3\n3\n3\n3\n");
        return 0;
    }

    static void setOut(Object out) {
        nanoTime();
    }

    static void setIn(Object in) {
        nanoTime();
    }
}
class Solution {
    int total(int[] numbers) {
        return 0;
    }
` + javaEverywhere,
	},
	{
		name: "shutdown-hook", lang: judge.Java, want: wrong, claims: "3\n3\n3\n3\n",
		source: `class Solution {
    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> everywhere("3\n3\n3\n3\n")));
    }

    int total(int[] numbers) {
        System.exit(0);
        return 0;
    }
` + javaEverywhere,
	},
	{
		name: "thread-writes", lang: judge.Java, want: wrong, claims: "2\n2\n2\n2\n0\n0\n0\n0\n",
		source: `class Solution {
    static boolean done;

    int total(int[] numbers) throws InterruptedException {
        if (!done) {
            done = true;
            Thread t = new Thread(() -> everywhere("2\n2\n2\n2\n"));
            t.start();
            t.join();
        }
        return 0;
    }
` + javaEverywhere,
	},
	{
		name: "standard-output-replaced", lang: judge.Java, want: wrong, claims: "0\n0\n0\n0\n",
		source: `import java.io.*;

class Solution {
    int total(int[] numbers) {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true));
        System.setErr(System.out);
        System.out.print("6\n30\n7\n-1\n");
        return 0;
    }
}
`,
	},
	{
		name: "close-every-descriptor", lang: judge.Java, want: []judge.Verdict{judge.WA, judge.RTE}, without: []string{"closeAll();\n"},
		source: `import java.io.*;
import java.lang.reflect.*;

class Solution {
    int total(int[] numbers) throws Exception {
        closeAll();
        return sum(numbers);
    }

    // Streams cannot be had by number, but the native layer's close can be
    // reached through Unsafe: a descriptor object is given the number.
    static void closeAll() throws Exception {
        Field f = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
        f.setAccessible(true);
        sun.misc.Unsafe unsafe = (sun.misc.Unsafe) f.get(null);
        long at = -1;
        FileDescriptor known = FileDescriptor.err;
        for (long offset = 8; offset < 64 && at < 0; offset += 4) {
            if (unsafe.getInt(known, offset) == 2) {
                at = offset;
            }
        }
        for (int fd = 3; fd < 256; fd++) {
            FileDescriptor d = new FileDescriptor();
            unsafe.putInt(d, at, fd);
            try {
                new FileOutputStream(d).close();
            } catch (IOException e) {
                continue;
            }
        }
    }
` + javaEverywhere,
	},
	{
		// The pipe of the tests can be written to by its reader. What the solution
		// puts there is answered like a case, which nobody asked for.
		name: "input-forged", lang: judge.Java, want: wrong, piped: true, claims: "6\n30\n7\n-1\n1\n",
		source: `class Solution {
    static boolean done;

    int total(int[] numbers) throws Exception {
        if (!done) {
            done = true;
            for (String fd : open("0")) {
                try (java.io.FileOutputStream f = new java.io.FileOutputStream(fd)) {
                    f.write("[[1]]\n".getBytes());
                }
            }
        }
        return sum(numbers);
    }
` + javaEverywhere,
	},
	{
		name: "unsafe-segfault", lang: judge.Java, want: crash, without: []string{"unsafe().putAddress(1, 1);\n"},
		source: `class Solution {
    int total(int[] numbers) throws Exception {
        unsafe().putAddress(1, 1);
        return sum(numbers);
    }

    static sun.misc.Unsafe unsafe() throws Exception {
        java.lang.reflect.Field f = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
        f.setAccessible(true);
        return (sun.misc.Unsafe) f.get(null);
    }
` + javaEverywhere,
	},
	{
		name: "handler-that-exits-well", lang: judge.Java, want: crash, without: []string{"boolean broken = true;\n", "if (broken) throw new IllegalStateException();\n"},
		source: `class Solution {
    boolean broken = true;

    static {
        Thread.setDefaultUncaughtExceptionHandler((t, e) -> Runtime.getRuntime().halt(0));
    }

    int total(int[] numbers) {
        if (broken) throw new IllegalStateException();
        return sum(numbers);
    }
` + javaEverywhere,
	},
	{
		name: "exception-that-exits-well", lang: judge.Java, want: wrong, claims: "",
		source: `class Solution {
    static class Calm extends RuntimeException {
        @Override
        public StackTraceElement[] getStackTrace() {
            Runtime.getRuntime().halt(0);
            return null;
        }

        @Override
        public void printStackTrace() {
            Runtime.getRuntime().halt(0);
        }

        @Override
        public String toString() {
            Runtime.getRuntime().halt(0);
            return "";
        }
    }

    int total(int[] numbers) {
        throw new Calm();
    }
}
`,
	},
	{
		name: "flood", lang: judge.Java, want: []judge.Verdict{judge.OLE}, without: []string{"flood();\n"},
		source: `class Solution {
    int total(int[] numbers) {
        flood();
        return sum(numbers);
    }

    static void flood() {
        String block = "6\n30\n7\n-1\n".repeat(100000);
        for (int i = 0; i < 100; i++) {
            everywhere(block);
        }
    }
` + javaEverywhere,
	},
}
