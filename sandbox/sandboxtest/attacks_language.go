package sandboxtest

import (
	"fmt"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// recurses is a program that calls itself n times deep.
func recurses(l judge.Language, n int) string {
	switch l {
	case judge.Go:
		return fmt.Sprintf("package main\n\nimport \"fmt\"\n\nfunc depth(n int) int {\n\tif n == 0 {\n\t\treturn 0\n\t}\n\treturn 1 + depth(n-1)\n}\n\nfunc main() { fmt.Println(depth(%d)) }\n", n)
	case judge.Java:
		return fmt.Sprintf("public class Main {\n    static int depth(int n) { return n == 0 ? 0 : 1 + depth(n - 1); }\n    public static void main(String[] args) { System.out.println(depth(%d)); }\n}\n", n)
	default:
		return fmt.Sprintf("import sys\nsys.setrecursionlimit(1 << 30)\ndef depth(n):\n    return 1 + depth(n - 1) if n else 0\nprint(depth(%d))\n", n)
	}
}

// inThread is the same in a thread of its own, as solutions do that expect a
// small stack.
var inThread = map[judge.Language]string{
	judge.Java: `public class Main {
    static int depth(int n) { return n == 0 ? 0 : 1 + depth(n - 1); }
    public static void main(String[] args) throws Exception {
        Thread t = new Thread(null, () -> System.out.println(depth(500000)), "deep", 128 << 20);
        t.start();
        t.join();
    }
}
`,
	judge.Python: `import sys, threading
sys.setrecursionlimit(1 << 30)
threading.stack_size(128 << 20)
def depth(n):
    return 1 + depth(n - 1) if n else 0
t = threading.Thread(target=lambda: print(depth(100000)))
t.start()
t.join()
`,
}

// asksInput asks for the size of its input and maps it.
var asksInput = map[judge.Language]string{
	judge.Go: goProgram("fmt os syscall", `	info, err := os.Stdin.Stat()
	if err != nil {
		panic(err)
	}
	b, err := syscall.Mmap(0, 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_PRIVATE)
	if err != nil {
		panic(err)
	}
	fmt.Println(len(b), string(b[:2]))`),
	judge.Java: javaProgram(`java.nio.channels.FileChannel in = new FileInputStream(FileDescriptor.in).getChannel();
ByteBuffer b = in.map(java.nio.channels.FileChannel.MapMode.READ_ONLY, 0, in.size());
System.out.println(b.capacity() + " " + (char) b.get(0) + (char) b.get(1));`),
	judge.Python: `import mmap, os, sys
size = os.fstat(0).st_size
with mmap.mmap(0, size, prot=mmap.PROT_READ) as m:
    first = m[:2]
assert sys.stdin.seekable() and sys.stdin.read() == os.pread(0, size, 0).decode()
sys.stdin.seek(0)
print(size, first.decode() if sys.stdin.readline() == '41\n' else 'other')
`,
}

// languageAttacks try what each language promises on its own.
func languageAttacks() []attack {
	small := judge.Limits{Memory: 64 * judge.MiB}
	// In Python the frames of a recursion without a limit lie on the heap.
	endless := map[judge.Language]check{
		judge.Go: all(verdictIs(judge.RTE), says("stack overflow")), judge.Java: all(verdictIs(judge.RTE), says("java.lang.StackOverflowError")),
		judge.Python: verdictIs(judge.RTE, judge.MLE),
	}
	depth := map[judge.Language]int{judge.Go: 1_000_000, judge.Java: 1_000_000, judge.Python: 200_000}
	var list []attack
	for _, l := range judge.Languages() {
		list = append(list,
			attack{
				name: "deep-recursion", lang: l, source: recurses(l, depth[l]),
				want: prints(fmt.Sprintln(depth[l])), because: "a stack may grow to the memory limit",
			},
			attack{
				name: "endless-recursion", lang: l, source: recurses(l, -1), limits: small,
				want: endless[l], because: "it ends nowhere",
			},
		)
		asked := attack{
			name: "input-is-a-file", lang: l, source: asksInput[l], stdin: "41\n", want: prints("3 41\n"),
			because: "on many judges standard input is a file",
		}
		long := asked
		long.name, long.stdin, long.want = "input-is-a-long-file", strings.Repeat("41\n", 1<<20), prints("3145728 41\n")
		list = append(list, asked, long)
		if s := inThread[l]; s != "" {
			list = append(list, attack{
				name: "deep-recursion-in-a-thread", lang: l, source: s, want: verdictIs(judge.AC),
				because: "solutions from elsewhere ask for a large stack",
			})
		}
	}
	return append(list, []attack{
		{
			name: "recursion-to-the-usual-limit", lang: judge.Python, want: all(exited(1), says("RecursionError"), says(`main.py", line 2, in f`)), because: "the interpreter bounds it",
			source: "def f():\n    f()\nf()\n",
		},
		{
			name: "recursion-in-c", lang: judge.Python, limits: small, want: verdictIs(judge.RTE, judge.MLE), because: "it ends nowhere",
			source: "import sys\nsys.setrecursionlimit(1 << 30)\nclass A:\n    def __repr__(self):\n        return repr([self])\nrepr(A())\n",
		},
		{
			name: "stack-overflow-caught", lang: judge.Java, limits: small, want: prints("caught\n"), because: "the stack has a limit of its own",
			source: "public class Main {\n    static int f(int n) { return 1 + f(n + 1); }\n    public static void main(String[] args) {\n        try { f(0); } catch (StackOverflowError e) { System.out.println(\"caught\"); }\n    }\n}\n",
		},
		{
			name: "reads-its-class-file", lang: judge.Java, want: contains("cafebabe"), because: "its own class is no secret",
			source: javaProgram("var in = Main.class.getResourceAsStream(\"/Main.class\");\nSystem.out.println(HexFormat.of().formatHex(in.readNBytes(4)));"),
		},
		{
			name: "collector-under-pressure", lang: judge.Java, want: prints("done\n"), because: "garbage is no memory in use",
			source: javaProgram("for (int i = 0; i < 3000; i++) { byte[] b = new byte[1 << 20]; b[i] = 1; }\nSystem.out.println(\"done\");"),
		},
		{
			name: "collector-under-pressure", lang: judge.Go, want: prints("done\n"), because: "garbage is no memory in use",
			source: "package main\n\nimport \"fmt\"\n\nvar kept []byte\n\nfunc main() {\n\tfor i := range 3000 {\n\t\tkept = make([]byte, 1<<20)\n\t\tkept[i] = 1\n\t}\n\tfmt.Println(\"done\")\n}\n",
		},
		{
			name: "collector-disabled", lang: judge.Go, limits: small, lax: &judge.Limits{Memory: judge.GiB}, want: verdictIs(judge.MLE),
			source: "package main\n\nimport (\n\t\"fmt\"\n\t\"runtime/debug\"\n)\n\nvar kept []byte\n\nfunc main() {\n\tdebug.SetGCPercent(-1)\n\tdebug.SetMemoryLimit(1 << 40)\n\tfor range 300 {\n\t\tkept = make([]byte, 1<<20)\n\t\tfor i := 0; i < len(kept); i += 4096 {\n\t\t\tkept[i] = 1\n\t\t}\n\t}\n\tfmt.Println(\"done\")\n}\n",
		},
	}...)
}
