//go:build !quick

package sandbox_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox"
)

// builtAndRun builds sources in a sandbox's first slot and, where they build, runs
// the program on no input.
func builtAndRun(t *testing.T, d *sandbox.Docker, src judge.Source, l judge.Limits) (judge.Build, judge.Result, string) {
	t.Helper()
	slot, err := d.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer slot.Release()
	b, err := slot.Build(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	if !b.OK {
		return b, judge.Result{}, ""
	}
	if l.CPU == 0 {
		l.CPU = judge.MaxCPU
	}
	l = l.WithDefaults()
	box, err := slot.Open(t.Context(), b.Artifact, l)
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	var out bytes.Buffer
	r, err := box.Run(t.Context(), judge.Run{Stdout: &out}, l)
	if err != nil {
		t.Fatal(err)
	}
	return b, r, out.String()
}

func TestGoDebugLines(t *testing.T) {
	d := open(t, func(c *sandbox.Config) { c.Languages = []judge.Language{judge.Go} })
	const program = `package main

import "fmt"

//go:debug panicnil=0

func main() {
	defer func() { fmt.Println(recover() == nil) }()
	panic(nil)
}
`
	for name, c := range map[string]struct{ before, prints, says string }{
		"none":              {"", "false\n", ""},
		"one":               {"//go:debug panicnil=1\n", "true\n", ""},
		"an older default":  {"//go:debug default=go1.20\n", "true\n", ""},
		"after a comment":   {"// A program.\n\n//go:debug  panicnil=1\n\n// main.\n", "true\n", ""},
		"in a comment":      {"/*\n//go:debug panicnil=1\n*/\n", "false\n", ""},
		"another directive": {"//go:debugger panicnil=1\n", "false\n", ""},
		"unknown":           {"\n//go:debug panicnull=1\n", "", `main.go:2:1: invalid //go:debug line: there is no setting "panicnull"`},
		"without a value":   {"//go:debug panicnil\n", "", "lacks its key=value"},
		"empty":             {"//go:debug\n", "", "lacks its key=value"},
		"two at once":       {"//go:debug panicnil=1,execerrdot=0\n", "", "a line has one key=value"},
		"twice":             {"//go:debug panicnil=1\n//go:debug panicnil=1\n", "", `main.go:2:1: invalid //go:debug line: "panicnil" has been set at main.go:1:1`},
	} {
		src := judge.Source{Language: judge.Go, Files: []judge.File{{Name: "main.go", Content: c.before + program}}}
		b, _, out := builtAndRun(t, d, src, judge.Limits{})
		if b.OK != (c.says == "") || out != c.prints || !strings.Contains(b.Output, c.says) {
			t.Errorf("%s: built %v, printed %q and the compiler said %q", name, b.OK, out, b.Output)
		}
	}
	b, _, _ := builtAndRun(t, d, judge.Source{
		Language: judge.Go,
		Files:    []judge.File{{Name: "solution.go", Content: "//go:debug panicnil=1\npackage solution\n\nfunc F() {}\n"}},
		Driver:   []judge.File{{Name: "main.go", Content: "package main\n\nimport \"solution\"\n\nfunc main() { solution.F() }\n"}},
	}, judge.Limits{})
	if b.OK || !strings.Contains(b.Output, "solution.go:1:1: invalid //go:debug line: it counts in package main only") {
		t.Errorf("in a solution: built %v, and the compiler said %q", b.OK, b.Output)
	}
}
