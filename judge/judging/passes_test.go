package judging_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
)

// A case of the batons is a line of numbers, of which each pass is given one,
// with what the runner before it handed on. It prints its result and what it
// hands on; answers are the results of all passes.
type batons struct{ broken error }

func fields(r io.Reader) (all [][]string) {
	for in := bufio.NewScanner(r); in.Scan(); {
		all = append(all, strings.Fields(in.Text()))
	}
	return all
}

func (b batons) Passes(test io.Reader) (int, error) {
	n := 1
	for _, c := range fields(test) {
		n = max(n, len(c))
	}
	return n, b.broken
}

// legs are the lines of a case that the passes printed. A fault is a line of
// more or less than two words.
func legs(c []string, lines [][][]string, at []int) (legs [][]string, fault string, missing bool) {
	for i := range min(len(c), len(lines)) {
		if at[i] == len(lines[i]) {
			return nil, "", true
		}
		leg := lines[i][at[i]]
		at[i]++
		if len(leg) != 2 {
			return nil, fmt.Sprintf("the baton of pass %d is lost", i+1), false
		}
		legs = append(legs, leg)
	}
	return legs, "", false
}

func linesOf(outputs []*io.SectionReader) (all [][][]string) {
	for _, o := range outputs {
		all = append(all, fields(o))
	}
	return all
}

func (b batons) Input(n int, test io.Reader, outputs []*io.SectionReader, to io.Writer) error {
	at := make([]int, n)
	lines := linesOf(outputs)
	for _, c := range fields(test) {
		run, fault, missing := legs(c, lines, at)
		if fault != "" || missing {
			return nil
		}
		if n >= len(c) {
			continue
		}
		baton := "0"
		if n > 0 {
			baton = run[n-1][1]
		}
		if _, err := fmt.Fprintln(to, c[n], baton); err != nil {
			return err
		}
	}
	return nil
}

func (b batons) Join(test io.Reader, outputs []*io.SectionReader, to io.Writer) (judge.Fault, error) {
	at := make([]int, len(outputs))
	lines := linesOf(outputs)
	for i, c := range fields(test) {
		run, fault, missing := legs(c, lines, at)
		if fault != "" || missing {
			if fault != "" {
				fault = fmt.Sprintf("case %d: %s", i+1, fault)
			}
			return judge.Fault{Case: i + 1, Reason: fault}, nil
		}
		var results []string
		for _, leg := range run {
			results = append(results, leg[0])
		}
		if _, err := fmt.Fprintln(to, strings.Join(results, " ")); err != nil {
			return judge.Fault{}, err
		}
	}
	return judge.Fault{}, nil
}

func (b batons) Answer(n int, _, answer io.Reader, to io.Writer) error {
	for _, c := range fields(answer) {
		if _, err := fmt.Fprintln(to, strings.Join(c[:min(n, len(c))], " ")); err != nil {
			return err
		}
	}
	return nil
}

// batonHarness takes any cases.
type batonHarness struct{ twiceHarness }

func (batonHarness) Input(cases []json.RawMessage) ([]byte, error) {
	var b []byte
	for _, c := range cases {
		var s string
		if err := json.Unmarshal(c, &s); err != nil {
			return nil, err
		}
		b = append(b, s+"\n"...)
	}
	return b, nil
}

// batonProblem adds up what its runners are given.
func batonProblem() *judge.Problem {
	test := func(name string, sample bool, cases ...string) judge.Test {
		var answer strings.Builder
		for _, c := range cases {
			sum := 0
			for i, f := range strings.Fields(c) {
				n, _ := strconv.Atoi(f)
				if sum += n; i > 0 {
					answer.WriteString(" ")
				}
				fmt.Fprint(&answer, sum)
			}
			answer.WriteString("\n")
		}
		return judge.Test{Name: name, Sample: sample, Input: text(strings.Join(cases, "\n") + "\n"), Answer: text(answer.String())}
	}
	return &judge.Problem{
		Slug: "batons", Limits: judge.Limits{CPU: time.Second, Wall: 2 * time.Second}, Harness: batonHarness{}, Relay: batons{},
		Reference: &judge.Reference{Language: judge.Go, Files: sources("reference")},
		Groups: []judge.Group{
			{Name: "sample", Sample: true, Checker: lineChecker{}, Tests: []judge.Test{test("s", true, "1 2", "3", "4 5 6")}},
			{Name: "secret", Checker: lineChecker{}, Tests: []judge.Test{test("a", false, "7 8 9", "1 1", "5", "2 2 2")}},
		},
	}
}

// runner is a process of a solution of the batons. It is told which pass of the
// test it is, and does what leg says: what it prints for a case, and whether it
// goes on.
func runner(end judge.Result, leg func(pass, number, n, baton int) (string, bool)) func(judge.Run) judge.Result {
	pass := 0
	return func(r judge.Run) judge.Result {
		lines := fields(r.Stdin)
		if len(lines) == 0 || lines[0][1] == "0" { // a test begins
			pass = 0
		}
		pass++
		for i, line := range lines {
			n, _ := strconv.Atoi(line[0])
			baton, _ := strconv.Atoi(line[1])
			out, ok := leg(pass, i+1, n, baton)
			if !ok {
				return end
			}
			_, _ = io.WriteString(r.Stdout, out+"\n") // boxes do not care
		}
		if end.Stopped != judge.NotStopped {
			return judge.Result{}
		}
		return judge.Result{Stderr: end.Stderr, CPU: end.CPU, Wall: end.Wall, Memory: end.Memory}
	}
}

func adds(_, _, n, baton int) (string, bool) {
	return fmt.Sprintf("%d %[1]d", n+baton), true
}

// unless changes what a runner does of one case in one pass.
func unless(pass, number int, out string, goesOn bool) func(pass, number, n, baton int) (string, bool) {
	return func(p, i, n, baton int) (string, bool) {
		if p == pass && i == number {
			return out, goesOn
		}
		return adds(p, i, n, baton)
	}
}

func wrongThenLost(p, i, n, b int) (string, bool) {
	switch {
	case p == 1 && i == 1:
		return "0 7", true
	case p == 1 && i == 2:
		return "0", true
	}
	return adds(p, i, n, b)
}

func times(s *programBox, name string) (n int) {
	for _, one := range s.ran {
		if one == name {
			n++
		}
	}
	return n
}

// Every pass is a process of its own, and only what the relay hands on gets
// from one to the next.
func TestPassesAreProcesses(t *testing.T) {
	r, _, s := judgeTwice(t, batonProblem(), runner(judge.Result{}, adds), nil)
	want := map[string]caseCount{"s": {judge.AC, 3, 3, 0}, "a": {judge.AC, 4, 4, 0}}
	if d := cmp.Diff(want, counts(r)); d != "" || r.Verdict != judge.AC || times(s, "solution") != 6 {
		t.Errorf("%s after %v (-want +got):\n%s", r.Verdict, s.ran, d)
	}
}

func TestTestOfOnePassIsRunAsItIs(t *testing.T) {
	p := batonProblem()
	for i := range p.Groups {
		p.Groups[i].Tests[0].Input, p.Groups[i].Tests[0].Answer = text("1\n2\n"), text("1\n2\n")
	}
	var given []string
	r, _, s := judgeTwice(t, p, func(r judge.Run) judge.Result {
		b, _ := io.ReadAll(r.Stdin)
		given = append(given, string(b))
		_, _ = r.Stdout.Write(b)
		return judge.Result{}
	}, nil)
	if r.Verdict != judge.AC || times(s, "solution") != 2 || !slices.Equal(given, []string{"1\n2\n", "1\n2\n"}) {
		t.Errorf("%s, given %q", r.Verdict, given)
	}
}

// What earlier passes hand on may be given to many calls, so what it amounts to
// is bounded, where the outputs are not too long by themselves.
func TestHandedOnIsBounded(t *testing.T) {
	long := func(run judge.Run) judge.Result {
		for range fields(run.Stdin) {
			_, _ = io.WriteString(run.Stdout, "1 "+strings.Repeat("7", 200)+"\n")
		}
		return judge.Result{}
	}
	p := batonProblem()
	p.Limits.Output = 500 // of three cases of the first test, two are handed on
	r, _, s := judgeTwice(t, p, long, nil)
	if r.Tests[0].Verdict != judge.WA || times(s, "solution") != 4 {
		t.Errorf("within the limit: %+v, ran %v", r.Tests[0], s.ran)
	}
	p.Limits.Output = 300
	r, _, s = judgeTwice(t, p, long, nil)
	if r.Verdict != judge.OLE || r.Tests[0].Stopped != judge.StoppedForOutput.String() || times(s, "solution") != 2 {
		t.Errorf("beyond it: %+v, ran %v", r.Tests[0], s.ran)
	}
}

// The first pass that does not end well decides, none follows it, and the
// cases are counted by the results of those that ran.
func TestFirstPassThatFailsDecides(t *testing.T) {
	slow := judge.Result{Stopped: judge.StoppedForCPU, CPU: 3 * time.Second}
	for name, tc := range map[string]struct {
		solution func(judge.Run) judge.Result
		want     caseCount // of the test a
		ran      int       // passes of both tests
	}{
		"the first crashes":          {runner(judge.Result{ExitCode: 3}, unless(1, 2, "", false)), caseCount{judge.RTE, 1, 4, 2}, 2},
		"the second crashes":         {runner(judge.Result{Signal: 11}, unless(2, 1, "", false)), caseCount{judge.RTE, 0, 4, 1}, 4},
		"the second crashes later":   {runner(judge.Result{Signal: 11}, unless(2, 3, "", false)), caseCount{judge.RTE, 3, 4, 4}, 5},
		"the last is slow":           {runner(slow, unless(3, 2, "", false)), caseCount{judge.TLE, 3, 4, 4}, 6},
		"the first is slow":          {runner(slow, unless(1, 1, "", false)), caseCount{judge.TLE, 0, 4, 1}, 2},
		"the last is wrong":          {runner(judge.Result{}, unless(3, 2, "0 0", true)), caseCount{judge.WA, 3, 4, 4}, 6},
		"a result of the first":      {runner(judge.Result{}, unless(1, 3, "0 5", true)), caseCount{judge.WA, 2, 4, 3}, 6},
		"what the first hands on":    {runner(judge.Result{}, unless(1, 2, "1 0", true)), caseCount{judge.WA, 1, 4, 2}, 6},
		"nothing is handed on":       {runner(judge.Result{}, unless(1, 2, "1", true)), caseCount{judge.WA, 1, 4, 2}, 6},
		"the first ends early":       {runner(judge.Result{}, unless(1, 2, "", false)), caseCount{judge.WA, 1, 4, 2}, 6},
		"wrong before it is lost":    {runner(judge.Result{}, wrongThenLost), caseCount{judge.WA, 0, 4, 1}, 6},
		"wrong and a crash later":    {runner(judge.Result{ExitCode: 1}, func(p, i, n, b int) (string, bool) { return "0 7", p == 1 }), caseCount{judge.RTE, 0, 4, 1}, 4},
		"the first prints too much":  {func(judge.Run) judge.Result { return judge.Result{Stopped: judge.StoppedForOutput} }, caseCount{judge.OLE, 0, 4, 1}, 2},
		"memory of the first is out": {func(judge.Run) judge.Result { return judge.Result{OutOfMemory: true} }, caseCount{judge.MLE, 0, 4, 1}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			r, _, s := judgeTwice(t, batonProblem(), tc.solution, nil)
			if got := counts(r)["a"]; got != tc.want || times(s, "solution") != tc.ran {
				t.Errorf("%+v after %d processes, want %+v after %d: %+v", got, times(s, "solution"), tc.want, tc.ran, r.Tests[1])
			}
		})
	}
}

// A sample says what cannot be handed on, and of which case.
func TestFaultsAreSaid(t *testing.T) {
	r, _, _ := judgeTwice(t, batonProblem(), runner(judge.Result{}, unless(1, 3, "4 and more", true)), nil)
	want := &judge.CaseReport{Input: "4 5 6", Expected: "4 9 15"}
	if d := cmp.Diff(want, r.Tests[0].Failure); d != "" || r.Tests[0].Feedback != "case 3: the baton of pass 1 is lost" {
		t.Errorf("%q (-want +got):\n%s", r.Tests[0].Feedback, d)
	}
	// A wrong result of a case before is said instead.
	r, _, _ = judgeTwice(t, batonProblem(), runner(judge.Result{}, func(p, i, n, b int) (string, bool) {
		if p == 1 && i == 3 {
			return "", true
		}
		return "0 0", true
	}), nil)
	if r.Tests[0].Feedback != "case 1: differs" || r.Tests[0].Verdict != judge.WA {
		t.Errorf("%+v", r.Tests[0])
	}
}

// The limits are each pass's own: what is reported is the greatest.
func TestPassesHaveLimitsOfTheirOwn(t *testing.T) {
	used := []judge.Result{
		{CPU: 900 * time.Millisecond, Wall: 1000 * time.Millisecond, Memory: 3 * judge.MiB, Stderr: []byte("one ")},
		{CPU: 100 * time.Millisecond, Wall: 1500 * time.Millisecond, Memory: 5 * judge.MiB, Stderr: []byte("two ")},
		{CPU: 800 * time.Millisecond, Wall: 900 * time.Millisecond, Memory: 4 * judge.MiB, Stderr: []byte("three ")},
	}
	n := 0
	r, _, _ := judgeTwice(t, batonProblem(), func(r judge.Run) judge.Result {
		u := used[n%3]
		n++
		return runner(u, adds)(r)
	}, nil)
	want := judge.Usage{CPUMillis: 900, WallMillis: 1500, MemoryKiB: 5 << 10}
	if got := r.Tests[0]; got.Verdict != judge.AC || got.Usage != want || got.Stderr != "one two three " {
		t.Errorf("%+v", got)
	}
	// One that is over the limit is, whatever the others take.
	used[2].CPU = 1050 * time.Millisecond
	n = 0
	r, _, s := judgeTwice(t, batonProblem(), func(r judge.Run) judge.Result {
		u := used[n%3]
		n++
		return runner(u, adds)(r)
	}, nil)
	// It ended by itself just above the limit, so the whole test is run again.
	if got := r.Tests[0]; got.Verdict != judge.TLE || got.CPUMillis != 1050 || times(s, "solution") != 12 {
		t.Errorf("%+v after %v", got, s.ran)
	}
}

// The prints of one pass leave room for those of the next.
func TestPrintsOfAllPassesAreShown(t *testing.T) {
	n := 0
	r, _, _ := judgeTwice(t, batonProblem(), func(r judge.Run) judge.Result {
		n++
		return runner(judge.Result{Stderr: []byte(fmt.Sprint(n) + strings.Repeat(".", 60<<10))}, adds)(r)
	}, nil)
	got := r.Tests[0].Stderr
	if strings.Trim(got, ".") == got || len(strings.FieldsFunc(got, func(c rune) bool { return c == '.' })) != 3 || len(got) > 16<<10 {
		t.Errorf("%d bytes, which begin %.10q", len(got), got)
	}
}

// Outputs of any length get from one pass to the next without being held.
func TestLongBatons(t *testing.T) {
	p := batonProblem()
	p.Relay = longBatons{}
	p.Groups = p.Groups[:1]
	p.Groups[0].Checker = exactChecker{}
	long := strings.Repeat("x", 3<<20)
	p.Groups[0].Tests[0].Input, p.Groups[0].Tests[0].Answer = text("in"), text(long+long)
	var given []string
	r, _, _ := judgeTwice(t, p, func(r judge.Run) judge.Result {
		b, _ := io.ReadAll(r.Stdin)
		given = append(given, string(b))
		_, _ = io.WriteString(r.Stdout, long)
		return judge.Result{}
	}, nil)
	if r.Verdict != judge.AC || !slices.Equal(given, []string{"", long}) {
		t.Errorf("%s, given %d processes", r.Verdict, len(given))
	}
}

// A checker that has decided takes no more of a long output. That is no failure
// of the judge, and what comes behind is of no interest.
func TestLongBatonsOfWhichTheFirstByteDecides(t *testing.T) {
	p := batonProblem()
	p.Relay = longBatons{}
	p.Groups = p.Groups[:1]
	p.Groups[0].Checker = hasty{}
	p.Groups[0].Tests[0].Input = text("in")
	r, _, _ := judgeTwice(t, p, func(r judge.Run) judge.Result {
		_, _ = io.WriteString(r.Stdout, strings.Repeat("x", 3<<20))
		return judge.Result{}
	}, nil)
	if test := r.Tests[0]; test.Verdict != judge.WA || test.Feedback != "case 1: begins with x" {
		t.Errorf("%+v", test)
	}
}

// hasty is a checker that refuses everything for its first byte.
type hasty struct{}

func (hasty) Check(output, _ io.Reader) (judge.Finding, error) {
	var first [1]byte
	_, err := io.ReadFull(output, first[:])
	return judge.Finding{Reason: fmt.Sprintf("case 1: begins with %s", first), Total: 2}, err
}

// longBatons hands everything on.
type longBatons struct{ batons }

func (longBatons) Passes(io.Reader) (int, error) { return 2, nil }

func (longBatons) Input(_ int, _ io.Reader, outputs []*io.SectionReader, to io.Writer) error {
	for _, o := range outputs {
		if _, err := io.Copy(to, o); err != nil {
			return err
		}
	}
	return nil
}

func (l longBatons) Join(_ io.Reader, outputs []*io.SectionReader, to io.Writer) (judge.Fault, error) {
	return judge.Fault{}, l.Input(0, nil, outputs, to)
}

// An output validator sees the joined results, and none where passes did not
// run.
func TestPassesWithAValidator(t *testing.T) {
	for name, tc := range map[string]struct {
		solution func(judge.Run) judge.Result
		want     caseCount
		looked   bool
	}{
		"right":             {runner(judge.Result{}, adds), caseCount{judge.AC, 4, 4, 0}, true},
		"wrong":             {runner(judge.Result{}, unless(2, 2, "7 7", true)), caseCount{judge.WA, 1, 4, 2}, true},
		"lost":              {runner(judge.Result{}, unless(1, 2, "7", true)), caseCount{judge.WA, 1, 4, 2}, true},
		"the last crashes":  {runner(judge.Result{ExitCode: 1}, unless(3, 2, "", false)), caseCount{judge.RTE, 3, 4, 4}, true},
		"the first crashes": {runner(judge.Result{ExitCode: 1}, unless(1, 2, "", false)), caseCount{judge.RTE, 0, 4, 0}, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := batonProblem()
			p.Groups = p.Groups[1:]
			p.Validation.Validator = &judge.Source{Files: sources("batons")}
			r, s := judgeBatons(t, p, tc.solution)
			if got := counts(r)["a"]; got != tc.want || (times(s, "batons") > 0) != tc.looked {
				t.Errorf("%+v, want %+v: %+v; ran %v", got, tc.want, r.Tests[0], s.ran)
			}
		})
	}
}

// ownAnswers are batons whose answers are nothing that passes could be told from,
// as those that only a validator reads may be.
type ownAnswers struct{ batons }

func (ownAnswers) Answer(int, io.Reader, io.Reader, io.Writer) error {
	return errors.New("the answers are no results")
}

// The answers of a test that ran in part are not asked for where a validator
// decides.
func TestValidatorNeedsNoAnswersOfPasses(t *testing.T) {
	p := batonProblem()
	p.Relay = ownAnswers{}
	p.Groups = p.Groups[1:]
	p.Validation.Validator = &judge.Source{Files: sources("batons")}
	r, _ := judgeBatons(t, p, runner(judge.Result{ExitCode: 1}, unless(1, 2, "", false)))
	if r.Verdict != judge.RTE {
		t.Errorf("a solution that crashed came to %s", r.Verdict)
	}
}

// An output, or the input of a pass, for which there is no room is no fault of the
// submission.
func TestWhatCannotBeKeptIsAnOutage(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "gone"))
	long := func(r judge.Run) judge.Result {
		_, _ = io.WriteString(r.Stdout, strings.Repeat("1 2\n", 1<<19))
		return judge.Result{}
	}
	relayed := batonProblem()
	relayed.Groups = relayed.Groups[1:]
	relayed.Groups[0].Tests[0].Input = text(strings.Repeat("1 2\n", 1<<19))
	validated := batonProblem()
	validated.Relay, validated.Groups = nil, validated.Groups[1:]
	validated.Validation.Validator = &judge.Source{Files: sources("batons")}
	for name, p := range map[string]*judge.Problem{"input of a pass": relayed, "output": validated} {
		s := newProgramBox(map[string]func(judge.Run) judge.Result{"solution": long, "batons": batonValidator})
		sub := judge.Submission{ID: "x", Kind: judge.KindSubmission, Problem: p.Slug, Language: judge.Go, Files: sources("solution")}
		_, err := judging.New(judging.Config{Sandbox: s, Problems: catalog{p.Slug: p}}).Judge(t.Context(), sub, func(judge.Event) {})
		if !errors.Is(err, judge.ErrOutage) || s.Kept() {
			t.Errorf("%s: %v, %+v", name, err, s.Count())
		}
	}
}

// judgeBatons judges a solution by an output validator.
func judgeBatons(t *testing.T, p *judge.Problem, solution func(judge.Run) judge.Result) (judge.Report, *programBox) {
	t.Helper()
	s := newProgramBox(map[string]func(judge.Run) judge.Result{"solution": solution, "batons": batonValidator})
	sub := judge.Submission{ID: "x", Kind: judge.KindSubmission, Problem: p.Slug, Language: judge.Go, Files: sources("solution")}
	r, err := judging.New(judging.Config{Sandbox: s, Problems: catalog{p.Slug: p}}).Judge(t.Context(), sub, func(judge.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	return r, s
}

func batonValidator(r judge.Run) judge.Result {
	f, err := r.Attachments[1].Open()
	if err != nil {
		return judge.Result{ExitCode: 1}
	}
	got := fields(r.Stdin)
	for i, want := range fields(f) {
		if i >= len(got) || !slices.Equal(got[i], want) {
			return judge.Result{ExitCode: 43, Collected: map[string][]byte{r.Collect[0]: fmt.Appendf(nil, "case %d: no", i+1)}}
		}
	}
	return judge.Result{ExitCode: 42}
}

// A client's own cases are run in passes as well, and answered by the reference
// in one process.
func TestOwnCasesInPasses(t *testing.T) {
	p := batonProblem()
	s := newProgramBox(map[string]func(judge.Run) judge.Result{
		"solution": runner(judge.Result{Stderr: []byte("hi ")}, unless(2, 2, "7 7", true)),
		"reference": func(r judge.Run) judge.Result {
			for _, c := range fields(r.Stdin) {
				if len(c) == 2 {
					sum := map[string]string{"1 2": "3", "10 20": "30"}[strings.Join(c, " ")]
					_, _ = io.WriteString(r.Stdout, c[0]+" "+sum+"\n")
				}
			}
			return judge.Result{}
		},
	})
	sub := judge.Submission{Problem: p.Slug, Language: judge.Go, Files: sources("solution")}
	run(`"1 2"`, `"10 20"`)(&sub)
	r, err := judging.New(judging.Config{Sandbox: s, Problems: catalog{p.Slug: p}}).Judge(t.Context(), sub, func(judge.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	want := []judge.CaseReport{{Input: "1 2", Expected: "1 3", Actual: "1 3", Passed: true}, {Input: "10 20", Expected: "10 30", Actual: "10 7"}}
	if d := cmp.Diff(want, r.Tests[0].Cases); d != "" || r.Verdict != judge.WA || r.Tests[0].Stderr != "hi hi " {
		t.Errorf("%s, %+v (-want +got):\n%s", r.Verdict, r.Tests[0], d)
	}
	if d := cmp.Diff([]string{"reference", "solution", "solution"}, s.ran); d != "" {
		t.Errorf("ran (-want +got):\n%s", d)
	}
}

// A test that cannot be divided is the judge's failure, not the submission's.
func TestRelayFailureIsAnError(t *testing.T) {
	p := batonProblem()
	p.Relay = batons{broken: errors.New("broken")}
	s := newProgramBox(map[string]func(judge.Run) judge.Result{"solution": runner(judge.Result{}, adds)})
	sub := judge.Submission{ID: "x", Kind: judge.KindSubmission, Problem: p.Slug, Language: judge.Go, Files: sources("solution")}
	_, err := judging.New(judging.Config{Sandbox: s, Problems: catalog{p.Slug: p}}).Judge(t.Context(), sub, func(judge.Event) {})
	if err == nil || !strings.Contains(err.Error(), "broken") || s.Kept() {
		t.Errorf("%v, %+v", err, s.Count())
	}
}
