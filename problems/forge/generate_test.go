package forge_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
	"github.com/docketjudge/docket/problems/problemstest"
)

func generate(t *testing.T, dir string, programs map[string]problemstest.Program, opts forge.GenerateOptions) forge.GenerateReport {
	t.Helper()
	sb := problemstest.NewSandbox(2, programs)
	forgeDir := t.TempDir()
	r, err := forge.New(forgeDir, sb).Generate(context.Background(), dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	if sb.Kept() {
		t.Errorf("boxes or slots are kept: %+v", sb.Count())
	}
	if left, err := filepath.Glob(filepath.Join(forgeDir, ".making*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	return r
}

func TestGeneratePins(t *testing.T) {
	dir := problemstest.Draft(t, problemstest.Unfinished())
	if _, err := problems.LoadDir(dir); err == nil {
		t.Fatal("an unfinished package is taken")
	}
	want := []forge.Generated{
		{Test: "sample/1", InputSize: 4, Size: 4, Committed: true, State: forge.Added},
		{Test: "secret/2", Input: problems.Digest(problemstest.Digest(problemstest.MadeInput)), Answer: problems.Digest(problemstest.Digest(problemstest.MadeAnswer)),
			InputSize: judge.Bytes(len(problemstest.MadeInput)), Size: judge.Bytes(len(problemstest.MadeAnswer)), State: forge.Added},
	}

	before := problemstest.Read(t, dir, "docket.yaml")
	r := generate(t, dir, problemstest.Programs(), forge.GenerateOptions{})
	if diff := cmp.Diff(want, r.Tests); diff != "" || r.Pinned() || len(r.Faults) > 0 {
		t.Errorf("without pinning: faults %v (-want +got):\n%s", r.Faults, diff)
	}
	if _, err := os.Stat(filepath.Join(dir, "data/sample/1.ans")); !errors.Is(err, os.ErrNotExist) || problemstest.Read(t, dir, "docket.yaml") != before {
		t.Error("something was written that nobody asked for")
	}

	var heard []string
	r = generate(t, dir, problemstest.Programs(), forge.GenerateOptions{Pin: true, Done: func(g forge.Generated) { heard = append(heard, g.Test) }})
	if diff := cmp.Diff(want, r.Tests); diff != "" || len(heard) != 2 {
		t.Errorf("pinning, heard of %q (-want +got):\n%s", heard, diff)
	}
	if got := problemstest.Read(t, dir, "data/sample/1.ans") + problemstest.Read(t, dir, "data/secret/1.ans"); got != "ONE\nkept\n" {
		t.Errorf("the answers are %q", got)
	}
	yaml := "# mine\ngenerate:\n  - name: secret/2   # the second\n    sha256: \"" + problemstest.Digest(problemstest.MadeInput) + "\"\n    answer_sha256: \"" +
		problemstest.Digest(problemstest.MadeAnswer) + "\"\n    generator: g.py\n    args: [\"7\"]\n"
	if diff := cmp.Diff(yaml, problemstest.Read(t, dir, "docket.yaml")); diff != "" {
		t.Errorf("docket.yaml (-want +got):\n%s", diff)
	}
	if _, err := problems.LoadDir(dir); err != nil {
		t.Error(err)
	}
	r = generate(t, dir, problemstest.Programs(), forge.GenerateOptions{})
	if !r.Pinned() || len(r.Tests) != 1 {
		t.Errorf("when pinned: %+v", r)
	}
}

// A generator that prints something else is noticed although what it printed
// before is still there.
func TestGenerateNoticesChanges(t *testing.T) {
	dir := problemstest.Draft(t, problemstest.WithGenerated(problemstest.Digest(problemstest.MadeInput), problemstest.Digest(problemstest.MadeAnswer)).With(problemstest.Files{
		"data/sample/1.in": "one\n", "data/sample/1.ans": "ONE\n", "data/secret/1.in": "two\n", "data/secret/1.ans": "old\n"}))
	programs := problemstest.Programs()
	sb := problemstest.NewSandbox(1, programs)
	made := forge.New(t.TempDir(), sb)
	states := func(opts forge.GenerateOptions) string {
		t.Helper()
		r, err := made.Generate(context.Background(), dir, opts)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, g := range r.Tests {
			out = append(out, g.Test+" "+string(g.State))
		}
		return strings.Join(out, ", ")
	}
	if got := states(forge.GenerateOptions{}); got != "secret/2 unchanged" {
		t.Errorf("at first: %s", got)
	}
	programs["generator"] = func(judge.Run, string) (string, int) { return "made 8\n", 0 }
	if got := states(forge.GenerateOptions{}); got != "secret/2 changed" {
		t.Errorf("with another generator: %s", got)
	}
	if got := states(forge.GenerateOptions{Pin: true, Answers: true}); got != "sample/1 unchanged, secret/1 changed, secret/2 changed" {
		t.Errorf("with all answers: %s", got)
	}
	if got := problemstest.Read(t, dir, "data/secret/1.ans"); got != "TWO\n" {
		t.Errorf("the answer is %q", got)
	}
	if yaml := problemstest.Read(t, dir, "docket.yaml"); !strings.Contains(yaml, problemstest.Digest("made 8\n")) || !strings.Contains(yaml, problemstest.Digest("MADE 8\n")) {
		t.Errorf("docket.yaml:\n%s", yaml)
	}
}

// With any fault nothing is written, and all faults are told.
func TestGenerateFaults(t *testing.T) {
	refuse := func(bad string) problemstest.Program {
		return func(_ judge.Run, in string) (string, int) {
			if in == bad {
				return "", 43
			}
			return "", 42
		}
	}
	for _, tt := range []struct {
		name     string
		pkg      problemstest.Files
		programs map[string]problemstest.Program
		want     []string
	}{
		{"a generator crashes", nil, map[string]problemstest.Program{"generator": func(judge.Run, string) (string, int) { return "", 1 }},
			[]string{"secret/2: generator g.py: run-time error"}},
		{"the reference crashes", nil, map[string]problemstest.Program{"reference": func(judge.Run, string) (string, int) { return "", 1 }},
			[]string{"sample/1: reference accepted/a.py: run-time error", "secret/2: reference accepted/a.py: run-time error"}},
		{"the reference does not compile", nil, map[string]problemstest.Program{"reference": nil},
			[]string{"sample/1: reference accepted/a.py: does not compile", "secret/2: reference accepted/a.py: does not compile"}},
		{"a made input is refused", nil, map[string]problemstest.Program{"validator": refuse(problemstest.MadeInput)}, []string{"secret/2: input validator v.py: refused"}},
		{"an input without an answer is refused", nil, map[string]problemstest.Program{"validator": refuse("one\n")}, []string{"sample/1: input validator v.py: refused"}},
		{"an input with an answer is refused", nil, map[string]problemstest.Program{"validator": refuse("two\n")}, []string{"secret/1: input validator v.py: refused"}},
		{"a validator does not compile", problemstest.Files{"input_validators/v.py": "nothing\n"}, nil,
			[]string{"sample/1: input validator v.py does not compile", "secret/1: input validator v.py does not compile", "secret/2: input validator v.py does not compile"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			programs := problemstest.Programs()
			for word, p := range tt.programs {
				if programs[word] = p; p == nil {
					delete(programs, word)
				}
			}
			dir := problemstest.Draft(t, problemstest.Unfinished().With(tt.pkg))
			before := problemstest.Read(t, dir, "docket.yaml")
			r := generate(t, dir, programs, forge.GenerateOptions{Pin: true})
			var got []string
			for _, f := range r.Faults {
				got = append(got, f.Name+": "+f.Reason)
			}
			if len(got) != len(tt.want) {
				t.Fatalf("faults: %q", got)
			}
			for i, want := range tt.want {
				if !strings.HasPrefix(got[i], want) {
					t.Errorf("fault %q, want %q", got[i], want)
				}
			}
			if _, err := os.Stat(filepath.Join(dir, "data/sample/1.ans")); !errors.Is(err, os.ErrNotExist) || problemstest.Read(t, dir, "docket.yaml") != before {
				t.Error("something was written")
			}
		})
	}
}

func TestGenerateFailures(t *testing.T) {
	programs := problemstest.Programs()
	programs["generator"] = func(judge.Run, string) (string, int) { return "", -1 }
	sb := problemstest.NewSandbox(1, programs)
	made, opts := forge.New(t.TempDir(), sb), forge.GenerateOptions{Pin: true}
	_, err := made.Generate(context.Background(), problemstest.Draft(t, problemstest.Unfinished()), opts)
	if err == nil || !strings.Contains(err.Error(), "the box broke") {
		t.Errorf("when the sandbox breaks: %v", err)
	}
	var broken *problems.BrokenError
	if _, err := made.Generate(context.Background(), problemstest.Draft(t, problemstest.Unfinished().With(problemstest.Files{"generators/g.py": problemstest.Gone})), opts); !errors.As(err, &broken) {
		t.Errorf("of a package that is refused: %v", err)
	}
}

// A reference that answers otherwise is noticed though its input is the same.
func TestGenerateNoticesOtherAnswers(t *testing.T) {
	dir := problemstest.Draft(t, problemstest.WithGenerated(problemstest.Digest(problemstest.MadeInput), problemstest.Digest(problemstest.MadeAnswer)))
	programs := problemstest.Programs()
	programs["reference"] = func(_ judge.Run, in string) (string, int) { return "otherwise: " + in, 0 }
	r := generate(t, dir, programs, forge.GenerateOptions{})
	if r.Pinned() || len(r.Tests) != 1 || r.Tests[0].State != forge.Changed {
		t.Errorf("%+v", r)
	}
}

// Input validators are told what their test's settings say, and its arguments.
func TestGenerateTellsValidators(t *testing.T) {
	dir := problemstest.Draft(t, problemstest.Unfinished().With(problemstest.Files{
		"data/secret/test_group.yaml": "args: [--deep]\ninput_validator_args: [--large]\n",
	}))
	var told []string
	programs := problemstest.Programs()
	programs["validator"] = func(r judge.Run, in string) (string, int) {
		told = append(told, strings.TrimSpace(in)+": "+strings.Join(r.Args, " "))
		return "", 42
	}
	sb := problemstest.NewSandbox(1, programs) // one after the other
	made := forge.New(t.TempDir(), sb)
	if r, err := made.Generate(t.Context(), dir, forge.GenerateOptions{}); err != nil || len(r.Faults) > 0 {
		t.Fatalf("%v, faults %v", err, r.Faults)
	}
	slices.Sort(told)
	want := []string{strings.TrimSpace(problemstest.MadeInput) + ": --large --deep", "one:", "two: --large --deep"}
	for i := range told {
		told[i] = strings.TrimSpace(told[i])
	}
	if d := cmp.Diff(want, told); d != "" {
		t.Errorf("validators were told (-want +got):\n%s", d)
	}
}

// The answers of an interactive problem are no output of its reference.
func TestGenerateLeavesInteractiveAnswers(t *testing.T) {
	dir := problemstest.Draft(t, problemstest.Interactive.With(problemstest.Files{
		"submissions/accepted/a.py": "# reference\n", "input_validators/v.py": "# validator\n", "submissions/accepted/old(1).java": problemstest.Gone,
	}))
	before := problemstest.Read(t, dir, "data/secret/1.ans")
	r := generate(t, dir, problemstest.Programs(), forge.GenerateOptions{Answers: true, Pin: true})
	if len(r.Tests) != 0 || len(r.Faults) != 0 {
		t.Errorf("%+v", r)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "data/secret/1.ans")); err != nil || string(got) != before {
		t.Errorf("the answer is %q, %v", got, err)
	}
}
