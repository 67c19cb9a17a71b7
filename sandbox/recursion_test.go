//go:build !quick

package sandbox_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// A recursion that never ends is a run-time error that names the stack; one
// that ends is not in its way.
func TestEndlessRecursionNamesTheStack(t *testing.T) {
	d := open(t, nil)
	const javaF = "    static int f(int n) { return n == 0 ? 0 : 1 + f(n - 1); }\n"
	java := func(body string) string {
		return "import java.util.*;\nimport java.util.concurrent.*;\n\npublic class Main {\n" + javaF +
			"    public static void main(String[] args) throws Exception { " + body + " }\n}\n"
	}
	golang := func(body string) string {
		return "package main\n\nimport \"fmt\"\n\nfunc f(n int) int {\n\tif n == 0 {\n\t\treturn 0\n\t}\n\treturn 1 + f(n-1)\n}\n\nfunc main() {\n" + body + "\n}\n"
	}
	for _, c := range []struct {
		name     string
		lang     judge.Language
		source   string // with %d for the depth
		memory   judge.Bytes
		deep     int
		says     string
		survives bool // the process ends well all the same
	}{
		{"main", judge.Java, java("System.out.println(f(%d));"), 0, 1_000_000, `Exception in thread "main" java.lang.StackOverflowError`, false},
		{"little memory", judge.Java, java("System.out.println(f(%d));"), 64 * judge.MiB, 200_000, "java.lang.StackOverflowError", false},
		{"beside a heap", judge.Java, java("byte[] kept = new byte[100 << 20]; Arrays.fill(kept, (byte) 1); System.out.println(f(%d) - 1 + kept[5]);"), 0, 500_000, "java.lang.StackOverflowError", false},
		{"a large stack", judge.Java, java("Thread t = new Thread(null, () -> System.out.println(f(%d)), \"deep\", 200 << 20); t.start(); t.join();"), 0, 1_500_000, `Exception in thread "deep" java.lang.StackOverflowError`, true},
		{"a thread", judge.Java, java("Thread t = new Thread(() -> System.out.println(f(%d))); t.start(); t.join();"), 0, 1_000_000, `Exception in thread "Thread-0" java.lang.StackOverflowError`, true},
		{"an executor", judge.Java, java("try (var e = Executors.newFixedThreadPool(1)) { System.out.println(e.submit(() -> f(%d)).get()); }"), 0, 500_000, "ExecutionException: java.lang.StackOverflowError", false},
		{"main", judge.Go, golang("\tfmt.Println(f(%d))"), 0, 1_000_000, "stack overflow", false},
		{"little memory", judge.Go, golang("\tfmt.Println(f(%d))"), 64 * judge.MiB, 200_000, "stack overflow", false},
		{"a goroutine", judge.Go, golang("\tc := make(chan int)\n\tgo func() { c <- f(%d) }()\n\tfmt.Println(<-c)"), 0, 1_000_000, "stack overflow", false},
		{"main", judge.Python, "def f(n):\n    return 1 + f(n - 1) if n else 0\nprint(f(%d))\n", 0, 900, "RecursionError", false},
		{"a thread", judge.Python, "import threading\ndef f(n):\n    return 1 + f(n - 1) if n else 0\nt = threading.Thread(target=lambda: print(f(%d)))\nt.start()\nt.join()\n", 0, 900, "RecursionError", true},
	} {
		t.Run(string(c.lang)+"/"+c.name, func(t *testing.T) {
			run := func(depth int) (judge.Verdict, judge.Result, string) {
				limits := judge.Limits{CPU: judge.MaxCPU, Memory: c.memory}.WithDefaults()
				src := judge.Source{Language: c.lang, Files: []judge.File{{Name: c.lang.MainFile(), Content: fmt.Sprintf(c.source, depth)}}}
				b, r, out := builtAndRun(t, d, src, limits)
				if !b.OK {
					t.Fatal(b.Output)
				}
				return judge.Classify(r, limits.WithAllowance(c.lang)), r, out
			}
			want := judge.RTE
			if c.survives {
				want = judge.AC
			}
			if v, r, _ := run(-1); v != want || !strings.Contains(string(r.Stderr), c.says) {
				t.Errorf("endless: verdict %s with %s of memory, want %s: %.500s", v, r.Memory, want, r.Stderr)
			}
			if v, r, out := run(c.deep); v != judge.AC || out != fmt.Sprintln(c.deep) {
				t.Errorf("%d deep: verdict %s with %s of memory, output %q: %.500s", c.deep, v, r.Memory, out, r.Stderr)
			}
		})
	}
}
