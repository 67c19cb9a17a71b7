package sandboxtest

import (
	"time"

	"github.com/docketjudge/docket/judge"
)

// endAttacks end in every way that there is.
func endAttacks() []attack {
	const own = "how it ended is what it chose"
	var list []attack
	for _, c := range []struct {
		name string
		body string
		want check
	}{
		{"kill", "os.kill(os.getpid(), signal.SIGKILL)", signalled(9)},
		{"exit-137", "os._exit(137)", exited(137)},
		{"exit-255", "sys.exit(-1)", exited(255)},
		{"exit-256", "sys.exit(256)", prints("")},
		{"exit-with-text", "sys.exit('sorry')", all(exited(1), says("sorry"))},
		{"segmentation-fault", "import ctypes; ctypes.string_at(0)", signalled(11)},
		{"abort", "os.abort()", signalled(6)},
		{"floating-point-exception", "os.kill(os.getpid(), signal.SIGFPE)", signalled(8)},
		{"terminate", "os.kill(os.getpid(), signal.SIGTERM)", signalled(15)},
		{"interrupt", "os.kill(os.getpid(), signal.SIGINT)", signalled(2)},
		{"bus-error", "os.kill(os.getpid(), signal.SIGBUS)", signalled(7)},
		{"real-time-signal", "os.kill(os.getpid(), signal.SIGRTMAX)", signalled(64)},
		{"broken-pipe", "r, w = os.pipe(); signal.signal(signal.SIGPIPE, signal.SIG_DFL); os.close(r); os.write(w, b'x')", signalled(13)},
		{"main-thread-ends", "import ctypes; print('x', flush=True); ctypes.CDLL(None).syscall(231, 0)", prints("x\n")},
	} {
		list = append(list, attack{name: "end-by-" + c.name, lang: judge.Python, source: "import os, signal, sys\n" + c.body + "\n", want: c.want, because: own})
	}
	return append(list, []attack{
		{name: "end-by-kill", lang: judge.Go, want: signalled(9), because: own, source: goProgram("syscall", "\tsyscall.Kill(syscall.Getpid(), syscall.SIGKILL)\n\tselect {}")},
		{name: "end-by-exit-137", lang: judge.Go, want: exited(137), because: own, source: goProgram("os", "\tos.Exit(137)")},
		{name: "end-by-segmentation-fault", lang: judge.Go, want: all(exited(2), says("SIGSEGV")), because: own, source: goProgram("unsafe", "\tvar n uintptr = 8\n\t*(*int)(unsafe.Pointer(n)) = 1")},
		{name: "end-by-abort", lang: judge.Go, want: all(exited(2), says("SIGABRT")), because: own, source: goProgram("syscall", "\tsyscall.Kill(syscall.Getpid(), syscall.SIGABRT)\n\tselect {}")},
		{name: "end-by-deadlock", lang: judge.Go, want: all(exited(2), says("all goroutines are asleep")), because: own, source: "package main\n\nfunc main() { select {} }\n"},
		{name: "end-by-panic", lang: judge.Go, want: all(exited(2), says("main.go:4")), because: own, source: "package main\n\nfunc main() {\n\tpanic(\"enough\")\n}\n"},
		{name: "end-by-exit-137", lang: judge.Java, want: exited(137), because: own, source: javaProgram("System.exit(137);")},
		{name: "end-by-halt", lang: judge.Java, want: exited(3), because: own, source: javaProgram("Runtime.getRuntime().halt(3);")},
		{name: "end-by-exception", lang: judge.Java, want: all(exited(1), says("at Main.main(Main.java:8)")), because: own, source: javaProgram("int[] a = new int[1];\na[2] = 1;")},
		{
			name: "end-by-segmentation-fault", lang: judge.Java, want: all(verdictIs(judge.RTE), silent), because: own,
			source: javaProgram(`var f = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
f.setAccessible(true);
((sun.misc.Unsafe) f.get(null)).putAddress(8, 1);`),
		},
		{
			name: "end-in-static-initialiser", lang: judge.Java, want: exited(3), because: own,
			source: "public class Main {\n    static { System.exit(3); }\n    public static void main(String[] args) { System.out.println(\"not reached\"); }\n}\n",
		},
		{
			name: "end-well-in-static-initialiser", lang: judge.Java, want: prints("early\n"), because: own,
			source: "public class Main {\n    static { System.out.println(\"early\"); System.exit(0); }\n    public static void main(String[] args) { System.out.println(\"not reached\"); }\n}\n",
		},
		{
			name: "static-initialiser-throws", lang: judge.Java, want: all(exited(1), says("ExceptionInInitializerError")), because: own,
			source: "public class Main {\n    static int[] a = new int[-1];\n    public static void main(String[] args) { }\n}\n",
		},
		{
			name: "shutdown-hook-hangs", lang: judge.Java, limits: judge.Limits{Wall: time.Second}, want: verdictIs(judge.TLE), because: "it never ends",
			source: javaProgram("Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) try { Thread.sleep(1000); } catch (InterruptedException e) { } }));"),
		},
		{
			name: "thread-crashes", lang: judge.Java, want: all(prints("main goes on\n"), says("IllegalStateException")), because: "the JVM ends well when its main thread does",
			source: javaProgram("Thread t = new Thread(() -> { throw new IllegalStateException(); });\nt.start();\nt.join();\nSystem.out.println(\"main goes on\");"),
		},
		{
			name: "thread-crashes", lang: judge.Python, want: all(prints("main goes on\n"), says("ZeroDivisionError")), because: "the interpreter ends well when its main thread does",
			source: "import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()\nprint('main goes on')\n",
		},
		{
			name: "thread-crashes", lang: judge.Go, want: all(exited(2), silent), because: "a panic in any goroutine ends the program",
			source: goProgram("fmt time", "\tgo func() { panic(\"in a goroutine\") }()\n\ttime.Sleep(time.Minute)\n\tfmt.Println(\"main goes on\")"),
		},
		{
			name: "thread-outlives-main", lang: judge.Java, want: prints("main\nthread\n"), because: "the JVM waits for its threads",
			source: javaProgram("Thread main = Thread.currentThread();\nnew Thread(() -> {\n    try { main.join(); } catch (InterruptedException e) { }\n    System.out.println(\"thread\");\n}).start();\nSystem.out.println(\"main\");"),
		},
		{
			name: "core-dump", lang: judge.Python, want: denied(2), because: "whether a host writes core files is its own affair",
			source: `import os, resource
pid = os.fork()
if pid == 0:
    os.abort()
os.wait()
print('core dump:', 'done' if os.listdir('.') else 'denied') # a host may hand it to a program of its own
try:
    resource.setrlimit(resource.RLIMIT_CORE, (1 << 20, 1 << 20))
    print('raising the limit: done')
except (OSError, ValueError):
    print('raising the limit: denied')
`,
		},
	}...)
}
