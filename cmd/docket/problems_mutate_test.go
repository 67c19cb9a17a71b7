//go:build !quick

package main_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/mutate"
	"github.com/docketjudge/docket/sandbox"
)

var updateMutants = flag.Bool("update-mutants", false, "write the list of Python mutants anew")

// The lister of Python mutants is only ever run in a box, and so it is here:
// the complete list of a file that has one of everything, and every mutant
// compiles.
func TestPythonMutants(t *testing.T) {
	needImages(t)
	const dir = "../../problems/mutate/testdata/"
	text, err := os.ReadFile(dir + "sample.py.txt")
	if err != nil {
		t.Fatal(err)
	}
	sb, err := sandbox.New(t.Context(), sandbox.Config{
		Worker: sandbox.WorkerID(), Slots: 1, Languages: []judge.Language{judge.Python}, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := sb.Close(); err != nil {
			t.Error(err)
		}
	}()
	slot, err := sb.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer slot.Release()

	files := []judge.File{{Name: "sample.py", Content: string(text)}}
	mutants, err := mutate.List(t.Context(), "accepted/sample.py", judge.Python, files,
		func(ctx context.Context, lister judge.Source, text string) ([]byte, error) {
			return inBox(ctx, slot, lister, text)
		})
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, m := range mutants {
		_, _ = fmt.Fprintf(&got, "%d:%d %s %q -> %q\n", m.Line, m.Column, m.Operator, m.Before, m.After)
		build, err := slot.Build(t.Context(), judge.Source{Language: judge.Python, Files: m.Apply(files)})
		if err != nil {
			t.Fatal(err)
		}
		if !build.OK {
			t.Errorf("line %d: %q for %q does not compile: %s", m.Line, m.After, m.Before, build.Output)
		}
	}
	if *updateMutants {
		if err := os.WriteFile(dir+"sample.py.want", []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(dir + "sample.py.want")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
		t.Errorf("mutants of the Python sample (-want +got):\n%s", diff)
	}

	_, err = mutate.List(t.Context(), "accepted/broken.py", judge.Python, []judge.File{{Name: "broken.py", Content: "print(1 +\n"}},
		func(ctx context.Context, lister judge.Source, text string) ([]byte, error) {
			return inBox(ctx, slot, lister, text)
		})
	if err == nil || !strings.Contains(err.Error(), "SyntaxError") {
		t.Errorf("a file that is not Python: %v", err)
	}
}

// inBox runs a program on an input and returns what it prints.
func inBox(ctx context.Context, slot judge.Slot, src judge.Source, in string) (_ []byte, err error) {
	build, err := slot.Build(ctx, src)
	if err != nil {
		return nil, err
	}
	if !build.OK {
		return nil, fmt.Errorf("does not compile: %s", build.Output)
	}
	limits := judge.Limits{CPU: judge.MaxCPU}.WithDefaults()
	box, err := slot.Open(ctx, build.Artifact, limits)
	if err != nil {
		return nil, err
	}
	defer func() { _ = box.Close() }()
	var out bytes.Buffer
	r, err := box.Run(ctx, judge.Run{Stdin: strings.NewReader(in), Stdout: &out}, limits)
	if err != nil {
		return nil, err
	}
	if r.ExitCode != 0 {
		return nil, fmt.Errorf("exit code %d: %s", r.ExitCode, r.Stderr)
	}
	return out.Bytes(), nil
}
