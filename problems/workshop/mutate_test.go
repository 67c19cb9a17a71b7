package workshop_test

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
	"github.com/docketjudge/docket/judge/judgetest"
	"github.com/docketjudge/docket/problems/forge"
	"github.com/docketjudge/docket/problems/mutate"
	"github.com/docketjudge/docket/problems/problemstest"
	"github.com/docketjudge/docket/problems/workshop"
)

// mutantSandbox runs the lister and the mutants of "print(2 * int(input()))",
// which are told apart by their text.
type mutantSandbox struct {
	judgetest.Sandbox

	lister func(text string) string

	mu    sync.Mutex
	tried []mutantRun
}

type mutantRun struct {
	program, input string
	limits         judge.Limits
}

func newMutantSandbox(lister func(text string) string) *mutantSandbox {
	s := &mutantSandbox{lister: lister}
	s.OnBuild = func(src judge.Source) (judge.Build, error) {
		text := src.Files[0].Content
		if strings.Contains(text, "2 - int") {
			return judge.Build{Output: "does not compile"}, nil
		}
		return judge.Build{OK: true, Artifact: judge.Artifact{Language: src.Language, Key: text}}, nil
	}
	s.OnRun = s.run
	return s
}

// run behaves as the program would. Inputs below 5 are small work, and any
// other takes half a second.
func (s *mutantSandbox) run(a judge.Artifact, r judge.Run, l judge.Limits) (judge.Result, error) {
	text := a.Key
	in, err := io.ReadAll(r.Stdin)
	if err != nil {
		return judge.Result{}, err
	}
	if strings.Contains(text, "Lists the small changes") {
		_, _ = io.WriteString(r.Stdout, s.lister(string(in)))
		return judge.Result{}, nil
	}
	s.mu.Lock()
	s.tried = append(s.tried, mutantRun{text, string(in), l})
	s.mu.Unlock()
	var n int
	if _, err := fmt.Sscan(string(in), &n); err != nil {
		return judge.Result{}, err
	}
	result := judge.Result{CPU: 2 * time.Millisecond, Wall: 3 * time.Millisecond, Memory: judge.MiB}
	if n >= 5 {
		result.CPU, result.Wall = 500*time.Millisecond, 510*time.Millisecond
	}
	switch {
	case strings.Contains(text, "3 * int"), strings.Contains(text, "sometimes;") && n != 4:
		result.CPU = time.Hour
	case strings.Contains(text, "slow;"):
		result.CPU += 400 * time.Millisecond
	case strings.Contains(text, "waits;"):
		result.Stopped, result.Wall = judge.StoppedForWall, l.Wall
		return result, nil
	}
	if result.CPU > l.CPUStop() {
		result.Stopped, result.CPU = judge.StoppedForCPU, l.CPUStop()
		return result, nil
	}
	switch {
	case strings.Contains(text, "2 / int"):
		return judge.Result{}, errors.New("the box broke")
	case strings.Contains(text, "sometimes;"):
		n = 0
	case strings.Contains(text, "1 * int"):
	case strings.Contains(text, "2 + int"):
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

func mutated(t *testing.T, edits string, f problemstest.Files, opts workshop.MutateOptions) (workshop.MutateReport, *mutantSandbox, error) {
	t.Helper()
	return mutatedAt(t, nil, edits, f, opts)
}

func mutatedAt(t *testing.T, factor judge.HostFactor, edits string, f problemstest.Files, opts workshop.MutateOptions) (workshop.MutateReport, *mutantSandbox, error) {
	t.Helper()
	sb := newMutantSandbox(oneLister(t, edits))
	bench := &workshop.Bench{Sandbox: sb, Forge: forge.New(t.TempDir(), sb), HostFactor: factor, Log: quiet()}
	r, err := bench.Mutate(context.Background(), problemstest.Load(t, f), opts)
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
	var last workshop.MutateProgress
	r, sb, err := mutated(t, sixMutants, problemstest.Minimal, workshop.MutateOptions{Done: func(p workshop.MutateProgress) {
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
	want := workshop.MutantCounts{Killed: 2, KilledAs: map[judge.Verdict]int{judge.WA: 1, judge.TLE: 1},
		Survived: 2, Stillborn: 1, Failed: 1, Again: 1}
	if diff := cmp.Diff(want, r.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if r.Counts.Rate() != 50 || r.Counts.Tried() != 6 || r.Seconds <= 0 {
		t.Errorf("rate %g of %d in %g s", r.Counts.Rate(), r.Counts.Tried(), r.Seconds)
	}
	if last != (workshop.MutateProgress{Done: 6, Total: 6, Survived: 2}) {
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
	f := problemstest.Minimal.With(problemstest.Files{"data/secret/2.in": "5\n", "data/secret/2.ans": "10\n"})
	r, sb, err := mutated(t, sixMutants, f, workshop.MutateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := workshop.MutantCounts{Killed: 3, KilledAs: map[judge.Verdict]int{judge.WA: 2, judge.TLE: 1},
		Survived: 1, Stillborn: 1, Failed: 1, Again: 1}
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
		case !large && run.limits.CPU != 54*time.Millisecond && !strings.Contains(run.program, "3 *"):
			t.Errorf("%q had %s for a small test", run.program, run.limits.CPU)
		}
	}
}

// On a slower host a problem gives as much more time as a worker does there.
func TestMutateOnASlowHost(t *testing.T) {
	f := problemstest.Minimal.With(problemstest.Files{"data/secret/2.in": "5\n", "data/secret/2.ans": "10\n"})
	_, sb, err := mutatedAt(t, func(_ context.Context, l judge.Language) (float64, error) {
		if l != judge.Python {
			t.Errorf("the factor of %s was asked for", l)
		}
		return 3, nil
	}, sixMutants, f, workshop.MutateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[time.Duration]bool{}
	for _, run := range sb.tried {
		seen[run.limits.CPU] = true
	}
	// 54 ms are twice what the original takes, and more.
	if diff := cmp.Diff(map[time.Duration]bool{54 * time.Millisecond: true, 4500 * time.Millisecond: true}, seen); diff != "" {
		t.Errorf("limits (-want +got):\n%s", diff)
	}
}

// A mutant that takes many times as long as the original on a small test, and
// is right in the time that the problem gives, is one that the tests do not
// find. One that never ends is found, at the problem's limit.
func TestMutateSlowIsNotWrong(t *testing.T) {
	r, sb, err := mutated(t, `[[0, 0, "slow;", "statement"], [0, 0, "waits;", "statement"], [6, 7, "3", "constant"]]`,
		problemstest.Minimal.With(problemstest.Files{"data/secret/2.in": "5\n", "data/secret/2.ans": "10\n"}), workshop.MutateOptions{Parallel: 1})
	if err != nil {
		t.Fatal(err)
	}
	want := workshop.MutantCounts{Killed: 2, KilledAs: map[judge.Verdict]int{judge.TLE: 2}, Survived: 1, Again: 3}
	if diff := cmp.Diff(want, r.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if s := r.Submissions[0].Survivors; len(s) != 1 || s[0].After != "slow;" || !s[0].Slow {
		t.Errorf("survivors: %+v", s)
	}
	waited := map[string][]string{} // by program, with the limits for elapsed time
	var slow []string
	for _, run := range sb.tried {
		if strings.HasPrefix(run.program, "slow;") {
			slow = append(slow, fmt.Sprintf("%d in %s", run.input[0]-'0', run.limits.CPU))
		}
		waited[run.program] = append(waited[run.program], run.limits.Wall.String())
	}
	if diff := cmp.Diff([]string{"2 in 54ms", "2 in 1.5s", "5 in 1.5s"}, slow); diff != "" {
		t.Errorf("the slow one ran (-want +got):\n%s", diff)
	}
	// A judge runs twice what it stopped for elapsed time.
	if diff := cmp.Diff([]string{"608ms", "608ms", "5.5s", "5.5s"}, waited["waits;"+original]); diff != "" {
		t.Errorf("the one that waits had (-want +got):\n%s", diff)
	}
}

// What never ends on one test is tried on a few others before it is given the
// whole time of the problem.
func TestMutateTriesOtherTestsFirst(t *testing.T) {
	f := problemstest.Minimal.With(problemstest.Files{"data/secret/2.in": "3\n", "data/secret/2.ans": "6\n", "data/secret/3.in": "4\n", "data/secret/3.ans": "8\n"})
	r, sb, err := mutated(t, `[[0, 0, "sometimes;", "statement"]]`, f, workshop.MutateOptions{Parallel: 1})
	if err != nil {
		t.Fatal(err)
	}
	want := workshop.MutantCounts{Killed: 1, KilledAs: map[judge.Verdict]int{judge.WA: 1}}
	if diff := cmp.Diff(want, r.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	for _, run := range sb.tried {
		if run.program != original && run.limits.CPU != 54*time.Millisecond {
			t.Errorf("it had %s for %q", run.limits.CPU, run.input)
		}
	}
	// With more such tests than are tried, all the time there is is given to
	// those that it was late on, and only if it were right on them to others.
	for i := 4; i < 8; i++ {
		f = f.With(problemstest.Files{fmt.Sprintf("data/secret/%d.in", i): "3\n", fmt.Sprintf("data/secret/%d.ans", i): "6\n"})
	}
	f = f.With(problemstest.Files{"data/secret/3.in": problemstest.Gone, "data/secret/3.ans": problemstest.Gone, "data/secret/9.in": "4\n", "data/secret/9.ans": "8\n"})
	r, sb, err = mutated(t, `[[0, 0, "sometimes;", "statement"]]`, f, workshop.MutateOptions{Parallel: 1})
	if err != nil {
		t.Fatal(err)
	}
	want = workshop.MutantCounts{Killed: 1, KilledAs: map[judge.Verdict]int{judge.TLE: 1}, Again: 1}
	if diff := cmp.Diff(want, r.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	var limits []time.Duration
	for _, run := range sb.tried {
		if run.program != original {
			limits = append(limits, run.limits.CPU)
		}
	}
	hasty := 54 * time.Millisecond
	if diff := cmp.Diff([]time.Duration{hasty, hasty, hasty, 1500 * time.Millisecond}, limits); diff != "" {
		t.Errorf("limits (-want +got):\n%s", diff)
	}
}

func TestMutateListedAsEquivalent(t *testing.T) {
	id := ids(t, sixMutants)
	f := problemstest.Minimal.With(problemstest.Files{"docket.yaml": fmt.Sprintf(`mutate:
  equivalent:
    - {id: %q, reason: twice two is four}
    - {id: %q, reason: nothing is done}
    - {id: %q, reason: it would end}
    - {id: %q, reason: wrong}
    - {id: "ffffffffffff", reason: long gone}
`, id["+"], id["0;"], id["3"], id["1"])})
	var last workshop.MutateProgress
	r, _, err := mutated(t, sixMutants, f, workshop.MutateOptions{Done: func(p workshop.MutateProgress) { last = p }})
	if err != nil {
		t.Fatal(err)
	}
	if last != (workshop.MutateProgress{Done: 6, Total: 6}) {
		t.Errorf("progress: %+v, but those that survive are all listed", last)
	}
	// One that only the clock finds may well be equivalent.
	want := workshop.MutantCounts{Killed: 1, KilledAs: map[judge.Verdict]int{judge.WA: 1},
		Equivalent: 3, Stillborn: 1, Failed: 1, Again: 1}
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
			problemstest.Minimal, workshop.MutateOptions{Sample: 2, Seed: seed, Parallel: 1})
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
	f := problemstest.Minimal.With(problemstest.Files{"data/secret/1.ans": "5\n"})
	_, _, err := mutated(t, sixMutants, f, workshop.MutateOptions{})
	if err == nil || !strings.Contains(err.Error(), "mutating double: submission accepted/a.py is WA on the hidden tests") {
		t.Errorf("error: %v", err)
	}
	f = problemstest.Minimal.With(problemstest.Files{"submissions/accepted/b.go": "package\n"})
	if _, _, err = mutated(t, sixMutants, f, workshop.MutateOptions{}); err == nil || !strings.Contains(err.Error(), "accepted/b.go") {
		t.Errorf("error: %v", err)
	}
	r, _, err := mutated(t, sixMutants, problemstest.Minimal, workshop.MutateOptions{Only: "nothing"})
	if err != nil || len(r.Submissions) != 0 || r.Counts.Rate() != 100 {
		t.Errorf("without submissions: %+v, %v", r, err)
	}
}

// What reports may show of hidden tests is of no concern to their author.
func TestMutantsAreKilledByUndisclosedTests(t *testing.T) {
	want, _, err := mutated(t, sixMutants, problemstest.Minimal, workshop.MutateOptions{Parallel: 1})
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := mutated(t, sixMutants, problemstest.Minimal.With(problemstest.Files{"docket.yaml": "disclosure: none\n"}), workshop.MutateOptions{Parallel: 1})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want.KilledBy, got.KilledBy); d != "" || len(want.KilledBy) == 0 {
		t.Errorf("killed (-disclosed +undisclosed):\n%s", d)
	}
}
