//go:build !quick

package sandbox_test

import (
	"testing"

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
		"exit code 3 of its own": {"System.exit(3);", judge.RTE},
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
