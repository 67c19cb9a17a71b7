//go:build !quick

package sandbox_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox"
)

func open(t *testing.T, change func(*sandbox.Config)) *sandbox.Docker {
	t.Helper()
	c := sandbox.Config{Worker: sandbox.WorkerID(), Slots: 1, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
	if change != nil {
		change(&c)
	}
	d, err := sandbox.New(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

var hello = map[judge.Language]judge.File{
	judge.Go: {Name: "main.go", Content: `package main

import ("bufio"; "fmt"; "os")

func main() {
	var n int
	fmt.Fscan(bufio.NewReader(os.Stdin), &n)
	fmt.Println(n + 1)
}
`},
	judge.Java: {Name: "Main.java", Content: `import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        System.out.println(new Scanner(System.in).nextInt() + 1);
    }
}
`},
	judge.Python: {Name: "main.py", Content: "print(int(input()) + 1)\n"},
}

func TestEveryLanguageRuns(t *testing.T) {
	d := open(t, nil)
	for _, lang := range judge.Languages() {
		t.Run(string(lang), func(t *testing.T) {
			slot, err := d.Acquire(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer slot.Release()
			b, err := slot.Build(t.Context(), judge.Source{Language: lang, Files: []judge.File{hello[lang]}})
			if err != nil || !b.OK {
				t.Fatalf("building: %v, %s", err, b.Output)
			}
			limits := judge.Limits{CPU: judge.MaxCPU}
			box, err := slot.Open(t.Context(), b.Artifact, limits)
			if err != nil {
				t.Fatal(err)
			}
			defer box.Close()
			for range 10 {
				var out bytes.Buffer
				begin := time.Now()
				r, err := box.Run(t.Context(), judge.Run{Stdin: strings.NewReader("41\n"), Stdout: &out}, limits)
				if err != nil {
					t.Fatal(err)
				}
				if v := judge.Classify(r, limits.WithDefaults().WithAllowance(lang)); v != judge.AC || out.String() != "42\n" {
					t.Errorf("verdict %s, output %q, stderr %s", v, out.String(), r.Stderr)
				}
				t.Logf("took %v, wall %v, cpu %v, memory %v", time.Since(begin), r.Wall, r.CPU, r.Memory)
			}
			t.Logf("build took %v", b.Took)
		})
	}
}
