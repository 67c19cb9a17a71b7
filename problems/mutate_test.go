package problems_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/mutate"
)

// mutantSandbox runs the lister and the mutants of "print(2 * int(input()))",
// which are told apart by their text.
type mutantSandbox struct {
	lister func(text string) string
	t      *testing.T

	mu    sync.Mutex
	tried []mutantRun
}

type mutantRun struct {
	program, input string
	limits         judge.Limits
}

func (s *mutantSandbox) Acquire(context.Context) (judge.Slot, error) { return mutantSlot{s}, nil }

type mutantSlot struct{ s *mutantSandbox }

func (mutantSlot) Release() {}

func (mutantSlot) Build(_ context.Context, src judge.Source) (judge.Build, error) {
	text := src.Files[0].Content
	if strings.Contains(text, "2 - int") {
		return judge.Build{Output: "does not compile"}, nil
	}
	return judge.Build{OK: true, Artifact: judge.Artifact{Language: src.Language, Key: text}}, nil
}

func (m mutantSlot) Open(_ context.Context, a judge.Artifact, _ judge.Limits) (judge.Box, error) {
	return mutantBox{m.s, a.Key}, nil
}

type mutantBox struct {
	s    *mutantSandbox
	text string
}

func (mutantBox) Close() error { return nil }

// Run behaves as the program would. An input of 2 is small work, and any other
// takes half a second.
func (b mutantBox) Run(_ context.Context, r judge.Run, l judge.Limits) (judge.Result, error) {
	in, err := io.ReadAll(r.Stdin)
	if err != nil {
		return judge.Result{}, err
	}
	if strings.Contains(b.text, "Lists the small changes") {
		_, _ = io.WriteString(r.Stdout, b.s.lister(string(in)))
		return judge.Result{}, nil
	}
	b.s.mu.Lock()
	b.s.tried = append(b.s.tried, mutantRun{b.text, string(in), l})
	b.s.mu.Unlock()
	var n int
	if _, err := fmt.Sscan(string(in), &n); err != nil {
		return judge.Result{}, err
	}
	result := judge.Result{CPU: 2 * time.Millisecond, Wall: 3 * time.Millisecond, Memory: judge.MiB}
	if n != 2 {
		result.CPU, result.Wall = 500*time.Millisecond, 510*time.Millisecond
	}
	switch {
	case strings.Contains(b.text, "3 * int"):
		result.Stopped, result.CPU = judge.StoppedForCPU, l.CPUStop()
		return result, nil
	case strings.Contains(b.text, "2 / int"):
		return judge.Result{}, errors.New("the box broke")
	case strings.Contains(b.text, "pass"):
		n = 0
	case strings.Contains(b.text, "1 * int"):
	case strings.Contains(b.text, "2 + int"):
		n += 2
	default:
		n *= 2
	}
	_, _ = fmt.Fprintln(r.Stdout, n)
	return result, nil
}

const original = "print(2 * int(input()))\n"

// sixMutants are two that a small test finds, one that a large test finds or,
// without it, none, one that does not compile, one that breaks the judge and
// one that makes no difference.
const sixMutants = `[[6, 7, "1", "constant"], [6, 7, "3", "constant"], [8, 9, "+", "arithmetic"],
	[8, 9, "-", "arithmetic"], [8, 9, "/", "arithmetic"], [0, 0, "0;", "statement"]]`

func oneLister(t *testing.T, edits string) func(string) string {
	return func(text string) string {
		if text != original {
			t.Errorf("listing %q", text)
		}
		return edits
	}
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func mutated(t *testing.T, edits string, f files, opts problems.MutateOptions) (problems.MutateReport, *mutantSandbox, error) {
	t.Helper()
	sb := &mutantSandbox{lister: oneLister(t, edits), t: t}
	opts.Forge, opts.Log = problems.NewForge(t.TempDir(), sb), quiet()
	r, err := problems.Mutate(context.Background(), sb, mustLoad(t, f), opts)
	return r, sb, err
}

// ids are the names of the mutants of the original, by the text that is put in.
func ids(t *testing.T, edits string) map[string]mutate.ID {
	t.Helper()
	all, err := mutate.List(context.Background(), "accepted/a.py", judge.Python, []judge.File{{Name: "a.py", Content: original}},
		func(context.Context, judge.Source, string) ([]byte, error) { return []byte(edits), nil })
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]mutate.ID{}
	for _, m := range all {
		out[m.After] = m.ID
	}
	return out
}

func TestMutate(t *testing.T) {
	var last problems.MutateProgress
	r, sb, err := mutated(t, sixMutants, minimal, problems.MutateOptions{Done: func(p problems.MutateProgress) {
		if p.Done != last.Done+1 {
			t.Errorf("%+v comes after %+v", p, last)
		}
		last = p
	}})
	if err != nil {
		t.Fatal(err)
	}
	// The only hidden input is 2, for which a sum is as good as a product; on
	// the sample, which everybody knows, it is not.
	want := problems.MutantCounts{Killed: 2, Survived: 2, Stillborn: 1, Failed: 1, Slow: 1}
	if diff := cmp.Diff(want, r.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if r.Counts.Rate() != 50 || r.Counts.Tried() != 6 || r.Seconds <= 0 {
		t.Errorf("rate %g of %d in %g s", r.Counts.Rate(), r.Counts.Tried(), r.Seconds)
	}
	if last != (problems.MutateProgress{Done: 6, Total: 6, Survived: 2}) {
		t.Errorf("progress: %+v", last)
	}
	if len(r.Submissions) != 1 || len(r.Submissions[0].Survivors) != 2 {
		t.Fatalf("submissions: %+v", r.Submissions)
	}
	if s := r.Submissions[0].Survivors[1]; s.After != "+" || s.Line != 1 || s.Column != 9 || s.ID != ids(t, sixMutants)["+"] || s.Equivalent != "" {
		t.Errorf("survivor: %+v", s)
	}
	if diff := cmp.Diff(map[string]int{"secret/1": 2}, r.KilledBy); diff != "" {
		t.Errorf("killed by (-want +got):\n%s", diff)
	}
	if len(r.Surprises) != 1 || !strings.Contains(r.Surprises[0], "accepted/a.py:1:9") || !strings.Contains(r.Surprises[0], "the box broke") {
		t.Errorf("surprises: %q", r.Surprises)
	}
	for _, run := range sb.tried {
		if run.input != "2\n" {
			t.Errorf("ran on %q, which is no hidden test", run.input)
		}
	}
}

// A mutant meets small tests under a small limit and large tests under the
// problem's own; the test that is large is not run for one that a small one
// found.
func TestMutateStages(t *testing.T) {
	f := minimal.with(files{"data/secret/2.in": "5\n", "data/secret/2.ans": "10\n"})
	r, sb, err := mutated(t, sixMutants, f, problems.MutateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := problems.MutantCounts{Killed: 3, Survived: 1, Stillborn: 1, Failed: 1, Slow: 1}
	if diff := cmp.Diff(want, r.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"secret/1": 2, "secret/2": 1}, r.KilledBy); diff != "" {
		t.Errorf("killed by (-want +got):\n%s", diff)
	}
	for _, run := range sb.tried {
		large := run.input == "5\n"
		switch {
		case run.program == original:
		case large && (strings.Contains(run.program, "1 *") || strings.Contains(run.program, "3 *")):
			t.Errorf("%q ran on a large test", run.program)
		case large && run.limits.CPU != 1500*time.Millisecond:
			t.Errorf("%q had %s for a large test", run.program, run.limits.CPU)
		case !large && run.limits.CPU != 106*time.Millisecond:
			t.Errorf("%q had %s for a small test", run.program, run.limits.CPU)
		}
	}
}

func TestMutateListedAsEquivalent(t *testing.T) {
	id := ids(t, sixMutants)
	f := minimal.with(files{"docket.yaml": fmt.Sprintf(`mutate:
  equivalent:
    - {id: %q, reason: twice two is four}
    - {id: %q, reason: nothing is done}
    - {id: %q, reason: it would end}
    - {id: %q, reason: wrong}
    - {id: "ffffffffffff", reason: long gone}
`, id["+"], id["0;"], id["3"], id["1"])})
	r, _, err := mutated(t, sixMutants, f, problems.MutateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	// One that only the clock finds may well be equivalent.
	want := problems.MutantCounts{Killed: 1, Equivalent: 3, Stillborn: 1, Failed: 1}
	if diff := cmp.Diff(want, r.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	said := strings.Join(r.Surprises, "\n")
	for _, want := range []string{
		"mutant ffffffffffff as equivalent, but there is none of that name any more (long gone)",
		string(id["1"]) + " is listed as equivalent, but secret/1 finds it (wrong)",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("surprises lack %q:\n%s", want, said)
		}
	}
	if len(r.Surprises) != 3 {
		t.Errorf("surprises:\n%s", said)
	}
	if s := r.Submissions[0].Survivors; len(s) != 2 || s[1].Equivalent != "twice two is four" {
		t.Errorf("survivors: %+v", s)
	}
}

func TestMutateSample(t *testing.T) {
	tried := func(seed uint64) (out []string) {
		_, sb, err := mutated(t, `[[6, 7, "1", "constant"], [6, 7, "4", "constant"], [6, 7, "5", "constant"], [6, 7, "6", "constant"]]`,
			minimal, problems.MutateOptions{Sample: 2, Seed: seed, Lanes: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, run := range sb.tried {
			if run.program != original {
				out = append(out, run.program)
			}
		}
		return out
	}
	first := tried(1)
	if diff := cmp.Diff(first, tried(1)); diff != "" || len(first) != 2 || first[0] == first[1] {
		t.Errorf("one seed chose %q and then others:\n%s", first, diff)
	}
	seen := map[string]bool{}
	for seed := range uint64(20) {
		seen[strings.Join(tried(seed), "")] = true
	}
	if len(seen) < 2 {
		t.Errorf("twenty seeds choose the same: %v", seen)
	}
}

func TestMutateRefusesWhatIsNotAccepted(t *testing.T) {
	f := minimal.with(files{"data/secret/1.ans": "5\n"})
	_, _, err := mutated(t, sixMutants, f, problems.MutateOptions{})
	if err == nil || !strings.Contains(err.Error(), "mutating double: submission accepted/a.py is WA on the hidden tests") {
		t.Errorf("error: %v", err)
	}
	f = minimal.with(files{"submissions/accepted/b.go": "package\n"})
	if _, _, err = mutated(t, sixMutants, f, problems.MutateOptions{}); err == nil || !strings.Contains(err.Error(), "accepted/b.go") {
		t.Errorf("error: %v", err)
	}
	r, _, err := mutated(t, sixMutants, minimal, problems.MutateOptions{Only: "nothing"})
	if err != nil || len(r.Submissions) != 0 || r.Counts.Rate() != 100 {
		t.Errorf("without submissions: %+v, %v", r, err)
	}
}

func TestMutateListIsRead(t *testing.T) {
	for docket, want := range map[string]string{
		"mutate: {equal: []}\n": `docket.yaml:1: unknown key "equal" in mutate`,
		"mutate:\n  equivalent:\n    - {id: 0123456789AB, reason: x}\n":                                      "docket.yaml:3: id of an equivalent mutant must be 12 hexadecimal digits",
		"mutate:\n  equivalent:\n    - {reason: x}\n":                                                        "docket.yaml:3: id of an equivalent mutant",
		"mutate:\n  equivalent:\n    - {id: 0123456789ab}\n":                                                 "docket.yaml:3: mutant 0123456789ab needs a reason",
		"mutate:\n  equivalent:\n    - {id: 0123456789ab, reason: x}\n    - {id: 0123456789ab, reason: x}\n": "docket.yaml:4: mutant 0123456789ab is listed twice",
		"mutate:\n  equivalent:\n    - {id: 0123456789ab, reason: x, by: me}\n":                              `docket.yaml:3: unknown key "by"`,
	} {
		_, err := problems.Load(minimal.with(files{"docket.yaml": docket}).fs(), "double")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", docket, err, want)
		}
	}
	p := mustLoad(t, minimal.with(files{"docket.yaml": "mutate:\n  equivalent:\n    - id: \"012345678901\"\n      reason: any size will do\n"}))
	if diff := cmp.Diff([]problems.EquivalentMutant{{ID: "012345678901", Reason: "any size will do"}}, p.Equivalent); diff != "" {
		t.Errorf("equivalent (-want +got):\n%s", diff)
	}
}
