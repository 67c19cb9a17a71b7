//go:build !quick

package sandbox_test

import (
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox"
)

// A JVM says on standard error that its memory ran out; a program that wrote
// too much there, or closed it, is told by what it used.
func TestJavaMemoryWithoutAWord(t *testing.T) {
	d := open(t, func(c *sandbox.Config) { c.Languages = []judge.Language{judge.Java} })
	slot, err := d.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer slot.Release()
	for name, c := range map[string]struct {
		body string
		want judge.Verdict
	}{
		"much on standard error": {"for (int i = 0; i < 20000; i++) System.err.println(\"debug line \" + i); eat();", judge.MLE},
		"standard error closed":  {"System.err.close(); eat();", judge.MLE},
		"exit code 1 of its own": {"System.exit(1);", judge.RTE},
		"closed, and well below": {"System.err.close(); throw new RuntimeException();", judge.RTE},
	} {
		source := "import java.util.*;\n\npublic class Main {\n" +
			"    static void eat() { List<long[]> kept = new ArrayList<>(); for (;;) kept.add(new long[100000]); }\n" +
			"    public static void main(String[] args) { " + c.body + " }\n}\n"
		b, err := slot.Build(t.Context(), judge.Source{Language: judge.Java, Files: []judge.File{{Name: "Main.java", Content: source}}})
		if err != nil || !b.OK {
			t.Fatalf("%s: %v %s", name, err, b.Output)
		}
		limits := judge.Limits{CPU: 10 * judge.DefaultCPU}.WithDefaults()
		box, err := slot.Open(t.Context(), b.Artifact, limits)
		if err != nil {
			t.Fatal(err)
		}
		r, err := box.Run(t.Context(), judge.Run{}, limits)
		if err != nil {
			t.Fatal(err)
		}
		if v := judge.Classify(r, limits.For(judge.Java)); v != c.want {
			t.Errorf("%s: verdict %s, want %s; exit %d, memory %v", name, v, c.want, r.ExitCode, r.Memory)
		}
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	}
}

// An OutOfMemoryError that nobody catches is a memory error whichever thread
// it ends and however the process ends after it; one that is caught is not.
func TestJavaOutOfMemoryInAnyThread(t *testing.T) {
	d := open(t, func(c *sandbox.Config) { c.Languages = []judge.Language{judge.Java} })
	const caught = `try { eat(); } catch (OutOfMemoryError e) { System.out.println("caught"); }`
	for _, c := range []struct {
		name, body string
		limits     judge.Limits
		want       judge.Verdict
		prints     string
	}{
		{"main", "eat();", judge.Limits{}, judge.MLE, ""},
		{"one array", "System.out.println(new long[1 << 30].length);", judge.Limits{}, judge.MLE, ""},
		{"a thread, and main goes on", "Thread t = new Thread(Main::eat, \"eater \\\" of\"); t.start(); t.join(); System.out.println(\"end\");", judge.Limits{}, judge.MLE, "end\n"},
		{"a thread that main waits for", "var gate = new CountDownLatch(1); new Thread(() -> { eat(); gate.countDown(); }).start(); gate.await();", judge.Limits{Wall: 20 * time.Second}, judge.MLE, ""},
		{"a pool, and main ends", "var p = Executors.newFixedThreadPool(1); p.execute(Main::eat); p.shutdown();", judge.Limits{}, judge.MLE, ""},
		{"a future", "try (var p = Executors.newFixedThreadPool(1)) { p.submit(Main::eat).get(); }", judge.Limits{}, judge.MLE, ""},
		{"a parallel stream", "IntStream.range(0, 4).parallel().forEach(i -> eat());", judge.Limits{}, judge.MLE, ""},
		{"a virtual thread", "Thread t = Thread.startVirtualThread(Main::eat); t.join(); System.out.println(\"end\");", judge.Limits{}, judge.MLE, "end\n"},
		{"an initializer", "System.out.println(Held.kept);", judge.Limits{}, judge.MLE, ""},
		{"half a line before it", "System.err.print(\"so far\"); eat();", judge.Limits{}, judge.MLE, ""},
		{"caught", caught, judge.Limits{}, judge.AC, "caught\n"},
		{"caught with little memory", caught, judge.Limits{Memory: 64 * judge.MiB}, judge.AC, "caught\n"},
		{"caught with much memory", caught, judge.Limits{Memory: 640 * judge.MiB}, judge.AC, "caught\n"},
		{"caught, and told", "try { eat(); } catch (OutOfMemoryError e) { e.printStackTrace(); } System.out.println(\"end\");", judge.Limits{}, judge.AC, "end\n"},
		{"caught in a thread", "Thread t = new Thread(() -> { " + caught + " }); t.start(); t.join(); System.out.println(\"end\");", judge.Limits{}, judge.AC, "caught\nend\n"},
		{"caught, then another error", "try { eat(); } catch (OutOfMemoryError e) { e.printStackTrace(); } throw new IllegalStateException();", judge.Limits{}, judge.RTE, ""},
		{"never happened", "System.out.println(\"end\");", judge.Limits{}, judge.AC, "end\n"},
		// What a program says on its own can only make it worse.
		{"printed", `System.err.println("Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space"); System.out.println("end");`, judge.Limits{}, judge.MLE, "end\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			source := "import java.util.*;\nimport java.util.concurrent.*;\nimport java.util.stream.*;\n\npublic class Main {\n" +
				"    static class Held { static final Object kept = new long[1 << 30]; }\n" +
				"    static void eat() { List<long[]> kept = new ArrayList<>(); for (;;) kept.add(new long[100000]); }\n" +
				"    public static void main(String[] args) throws Exception { " + c.body + " }\n}\n"
			if c.limits.CPU == 0 {
				c.limits.CPU = judge.MaxCPU
			}
			b, r, out := builtAndRun(t, d, judge.Source{Language: judge.Java, Files: []judge.File{{Name: "Main.java", Content: source}}}, c.limits)
			if !b.OK {
				t.Fatal(b.Output)
			}
			if v := judge.Classify(r, c.limits.WithDefaults().For(judge.Java)); v != c.want || out != c.prints {
				t.Errorf("verdict %s, want %s; output %q, exit %d, stopped for %q, memory %v, stderr %.600s", v, c.want, out, r.ExitCode, r.Stopped, r.Memory, r.Stderr)
			}
		})
	}
}
