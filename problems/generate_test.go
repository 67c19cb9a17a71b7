package problems_test

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
)

func generate(t *testing.T, dir string, programs map[string]program, opts problems.GenerateOptions) problems.GenerateReport {
	t.Helper()
	sb := newFakeSandbox(2, programs)
	forgeDir := t.TempDir()
	r, err := problems.NewForge(forgeDir, sb).Generate(context.Background(), dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, open := sb.count(); open != 0 || len(sb.slots) != 0 {
		t.Errorf("%d boxes open, %d slots taken", open, len(sb.slots))
	}
	if left, err := filepath.Glob(filepath.Join(forgeDir, ".making*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	return r
}

func TestGeneratePins(t *testing.T) {
	dir := draft(t, unfinished())
	if _, err := problems.LoadDir(dir); err == nil {
		t.Fatal("an unfinished package is taken")
	}
	want := []problems.Generated{
		{Test: "sample/1", InputSize: 4, Size: 4, Committed: true, State: problems.New},
		{Test: "secret/2", Input: problems.Digest(digest(madeInput)), Answer: problems.Digest(digest(madeAnswer)),
			InputSize: judge.Bytes(len(madeInput)), Size: judge.Bytes(len(madeAnswer)), State: problems.New},
	}

	before := read(t, dir, "docket.yaml")
	r := generate(t, dir, forgePrograms(), problems.GenerateOptions{})
	if diff := cmp.Diff(want, r.Tests); diff != "" || r.Pinned() || len(r.Faults) > 0 {
		t.Errorf("without pinning: faults %v (-want +got):\n%s", r.Faults, diff)
	}
	if _, err := os.Stat(filepath.Join(dir, "data/sample/1.ans")); !errors.Is(err, os.ErrNotExist) || read(t, dir, "docket.yaml") != before {
		t.Error("something was written that nobody asked for")
	}

	var heard []string
	r = generate(t, dir, forgePrograms(), problems.GenerateOptions{Pin: true, Done: func(g problems.Generated) { heard = append(heard, g.Test) }})
	if diff := cmp.Diff(want, r.Tests); diff != "" || len(heard) != 2 {
		t.Errorf("pinning, heard of %q (-want +got):\n%s", heard, diff)
	}
	if got := read(t, dir, "data/sample/1.ans") + read(t, dir, "data/secret/1.ans"); got != "ONE\nkept\n" {
		t.Errorf("the answers are %q", got)
	}
	yaml := "# mine\ngenerate:\n  - name: secret/2   # the second\n    sha256: \"" + digest(madeInput) + "\"\n    answer_sha256: \"" +
		digest(madeAnswer) + "\"\n    generator: g.py\n    args: [\"7\"]\n"
	if diff := cmp.Diff(yaml, read(t, dir, "docket.yaml")); diff != "" {
		t.Errorf("docket.yaml (-want +got):\n%s", diff)
	}
	if _, err := problems.LoadDir(dir); err != nil {
		t.Error(err)
	}
	r = generate(t, dir, forgePrograms(), problems.GenerateOptions{})
	if !r.Pinned() || len(r.Tests) != 1 {
		t.Errorf("when pinned: %+v", r)
	}
}

// A generator that prints something else is noticed although what it printed
// before is still there.
func TestGenerateNoticesChanges(t *testing.T) {
	dir := draft(t, withGenerated(digest(madeInput), digest(madeAnswer)).with(files{
		"data/sample/1.in": "one\n", "data/sample/1.ans": "ONE\n", "data/secret/1.in": "two\n", "data/secret/1.ans": "old\n"}))
	programs := forgePrograms()
	sb := newFakeSandbox(1, programs)
	made := problems.NewForge(t.TempDir(), sb)
	states := func(opts problems.GenerateOptions) string {
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
	if got := states(problems.GenerateOptions{}); got != "secret/2 unchanged" {
		t.Errorf("at first: %s", got)
	}
	programs["generator"] = func(judge.Run, string) (string, int) { return "made 8\n", 0 }
	if got := states(problems.GenerateOptions{}); got != "secret/2 changed" {
		t.Errorf("with another generator: %s", got)
	}
	if got := states(problems.GenerateOptions{Pin: true, Answers: true}); got != "sample/1 unchanged, secret/1 changed, secret/2 changed" {
		t.Errorf("with all answers: %s", got)
	}
	if got := read(t, dir, "data/secret/1.ans"); got != "TWO\n" {
		t.Errorf("the answer is %q", got)
	}
	if yaml := read(t, dir, "docket.yaml"); !strings.Contains(yaml, digest("made 8\n")) || !strings.Contains(yaml, digest("MADE 8\n")) {
		t.Errorf("docket.yaml:\n%s", yaml)
	}
}

// With any fault nothing is written, and all faults are told.
func TestGenerateFaults(t *testing.T) {
	refuse := func(bad string) program {
		return func(_ judge.Run, in string) (string, int) {
			if in == bad {
				return "", 43
			}
			return "", 42
		}
	}
	for _, tt := range []struct {
		name     string
		pkg      files
		programs map[string]program
		want     []string
	}{
		{"a generator crashes", nil, map[string]program{"generator": func(judge.Run, string) (string, int) { return "", 1 }},
			[]string{"secret/2: generator g.py: run-time error"}},
		{"the reference crashes", nil, map[string]program{"reference": func(judge.Run, string) (string, int) { return "", 1 }},
			[]string{"sample/1: reference accepted/a.py: run-time error", "secret/2: reference accepted/a.py: run-time error"}},
		{"the reference does not compile", nil, map[string]program{"reference": nil},
			[]string{"sample/1: reference accepted/a.py: does not compile", "secret/2: reference accepted/a.py: does not compile"}},
		{"a made input is refused", nil, map[string]program{"validator": refuse(madeInput)}, []string{"secret/2: input validator v.py: refused"}},
		{"an input without an answer is refused", nil, map[string]program{"validator": refuse("one\n")}, []string{"sample/1: input validator v.py: refused"}},
		{"an input with an answer is refused", nil, map[string]program{"validator": refuse("two\n")}, []string{"secret/1: input validator v.py: refused"}},
		{"a validator does not compile", files{"input_validators/v.py": "nothing\n"}, nil,
			[]string{"sample/1: input validator v.py does not compile", "secret/1: input validator v.py does not compile", "secret/2: input validator v.py does not compile"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			programs := forgePrograms()
			for word, p := range tt.programs {
				if programs[word] = p; p == nil {
					delete(programs, word)
				}
			}
			dir := draft(t, unfinished().with(tt.pkg))
			before := read(t, dir, "docket.yaml")
			r := generate(t, dir, programs, problems.GenerateOptions{Pin: true})
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
			if _, err := os.Stat(filepath.Join(dir, "data/sample/1.ans")); !errors.Is(err, os.ErrNotExist) || read(t, dir, "docket.yaml") != before {
				t.Error("something was written")
			}
		})
	}
}

func TestGenerateFailures(t *testing.T) {
	programs := forgePrograms()
	programs["generator"] = func(judge.Run, string) (string, int) { return "", -1 }
	sb := newFakeSandbox(1, programs)
	made, opts := problems.NewForge(t.TempDir(), sb), problems.GenerateOptions{Pin: true}
	_, err := made.Generate(context.Background(), draft(t, unfinished()), opts)
	if err == nil || !strings.Contains(err.Error(), "the box broke") {
		t.Errorf("when the sandbox breaks: %v", err)
	}
	var broken *problems.BrokenError
	if _, err := made.Generate(context.Background(), draft(t, unfinished().with(files{"generators/g.py": gone})), opts); !errors.As(err, &broken) {
		t.Errorf("of a package that is refused: %v", err)
	}
}

// A reference that answers otherwise is noticed though its input is the same.
func TestGenerateNoticesOtherAnswers(t *testing.T) {
	dir := draft(t, withGenerated(digest(madeInput), digest(madeAnswer)))
	programs := forgePrograms()
	programs["reference"] = func(_ judge.Run, in string) (string, int) { return "otherwise: " + in, 0 }
	r := generate(t, dir, programs, problems.GenerateOptions{})
	if r.Pinned() || len(r.Tests) != 1 || r.Tests[0].State != problems.Changed {
		t.Errorf("%+v", r)
	}
}

// Input validators are told what their test's settings say, and its arguments.
func TestGenerateTellsValidators(t *testing.T) {
	dir := draft(t, unfinished().with(files{
		"data/secret/test_group.yaml": "args: [--deep]\ninput_validator_args: [--large]\n",
	}))
	var told []string
	programs := forgePrograms()
	programs["validator"] = func(r judge.Run, in string) (string, int) {
		told = append(told, strings.TrimSpace(in)+": "+strings.Join(r.Args, " "))
		return "", 42
	}
	sb := newFakeSandbox(1, programs) // one after the other
	made := problems.NewForge(t.TempDir(), sb)
	if r, err := made.Generate(t.Context(), dir, problems.GenerateOptions{}); err != nil || len(r.Faults) > 0 {
		t.Fatalf("%v, faults %v", err, r.Faults)
	}
	slices.Sort(told)
	want := []string{strings.TrimSpace(madeInput) + ": --large --deep", "one:", "two: --large --deep"}
	for i := range told {
		told[i] = strings.TrimSpace(told[i])
	}
	if d := cmp.Diff(want, told); d != "" {
		t.Errorf("validators were told (-want +got):\n%s", d)
	}
}

// The answers of an interactive problem are no output of its reference.
func TestGenerateLeavesInteractiveAnswers(t *testing.T) {
	dir := draft(t, interactive.with(files{
		"submissions/accepted/a.py": "# reference\n", "input_validators/v.py": "# validator\n", "submissions/accepted/old(1).java": gone,
	}))
	before := read(t, dir, "data/secret/1.ans")
	r := generate(t, dir, forgePrograms(), problems.GenerateOptions{Answers: true, Pin: true})
	if len(r.Tests) != 0 || len(r.Faults) != 0 {
		t.Errorf("%+v", r)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "data/secret/1.ans")); err != nil || string(got) != before {
		t.Errorf("the answer is %q, %v", got, err)
	}
}
