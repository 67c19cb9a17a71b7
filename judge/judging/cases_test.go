package judging_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judgetest"
	"github.com/docketjudge/docket/judge/judging"
)

// programBox is a sandbox whose programs are Go functions, named by the text of
// their first file.
type programBox struct {
	judgetest.Sandbox
	ran  []string
	args [][]string // of what ran
}

func newProgramBox(programs map[string]func(judge.Run) judge.Result) *programBox {
	s := &programBox{}
	s.OnRun = func(a judge.Artifact, r judge.Run, _ judge.Limits) (judge.Result, error) {
		s.ran, s.args = append(s.ran, a.Key), append(s.args, r.Args)
		program, ok := programs[a.Key]
		if !ok {
			return judge.Result{}, fmt.Errorf("there is no program %q", a.Key)
		}
		return program(r), nil
	}
	return s
}

// solver makes a program that answers case by case with f, and prints nothing
// more once f says so.
func solver(end judge.Result, f func(n int) (string, bool)) func(judge.Run) judge.Result {
	return func(r judge.Run) judge.Result {
		in, stdout := bufio.NewScanner(r.Stdin), r.Stdout
		for in.Scan() {
			n, err := strconv.Atoi(strings.Trim(in.Text(), "[] "))
			if err != nil {
				return judge.Result{ExitCode: 9, Stderr: []byte(err.Error())}
			}
			out, ok := f(n)
			if !ok {
				return end
			}
			if _, err := io.WriteString(stdout, out+"\n"); err != nil {
				stdout = io.Discard // as boxes do
			}
		}
		return judge.Result{Stderr: end.Stderr}
	}
}

func twice(n int) (string, bool) { return strconv.Itoa(2 * n), true }

// twiceValidator accepts twice the input, line by line.
func twiceValidator(r judge.Run) judge.Result {
	reject := func(format string, args ...any) judge.Result {
		return judge.Result{ExitCode: 43, Collected: map[string][]byte{r.Collect[0]: fmt.Appendf(nil, format, args...)}}
	}
	var lines [2][]string
	f, err := r.Attachments[0].Open()
	if err != nil {
		return judge.Result{ExitCode: 1}
	}
	for i, from := range []io.Reader{f, r.Stdin} {
		for in := bufio.NewScanner(from); in.Scan(); {
			lines[i] = append(lines[i], strings.Trim(in.Text(), "[]"))
		}
	}
	for i, in := range lines[0] {
		n, _ := strconv.Atoi(in)
		if i >= len(lines[1]) {
			return reject("case %d: there is no result", i+1)
		}
		if lines[1][i] == "mute" {
			return reject("something is wrong")
		}
		if lines[1][i] != strconv.Itoa(2*n) {
			return reject("case %d: not twice", i+1)
		}
	}
	return judge.Result{ExitCode: 42}
}

// lineChecker compares line by line, as the checker of function problems does.
type lineChecker struct{}

func (lineChecker) Check(output, answer io.Reader) (judge.Finding, error) {
	var f judge.Finding
	got, want := bufio.NewScanner(output), bufio.NewScanner(answer)
	for want.Scan() {
		f.Total++
		if f.Reason != "" {
			continue
		}
		if got.Scan() && got.Text() == want.Text() {
			f.Passed++
			continue
		}
		f.Reason, f.Outline = fmt.Sprintf("case %d: differs", f.Total), fmt.Sprintf("case %d: the result differs", f.Total)
		f.Expected, f.Actual = want.Text(), got.Text()
	}
	return f, want.Err()
}

// twiceHarness takes solutions of one file; a case is an array of one number.
type twiceHarness struct{}

func (twiceHarness) Source(lang judge.Language, files []judge.File) (judge.Source, error) {
	if len(files) != 1 {
		return judge.Source{}, judge.Invalid("files", "a solution is one file")
	}
	return judge.Source{Language: lang, Files: files}, nil
}

func (twiceHarness) Starter(judge.Language) judge.File { return judge.File{} }

func (twiceHarness) Input(cases []json.RawMessage) ([]byte, error) {
	var b []byte
	for i, c := range cases {
		var one []int
		if json.Unmarshal(c, &one) != nil || len(one) != 1 {
			return nil, judge.Rejected(fmt.Sprintf("cases[%d]", i), "must be an array of one number")
		}
		b = append(append(b, c...), '\n')
	}
	return b, nil
}

func sources(names ...string) []judge.File {
	var fs []judge.File
	for _, n := range names {
		fs = append(fs, judge.File{Name: n + ".go", Content: n})
	}
	return fs
}

// twiceProblem has two samples and two hidden tests.
func twiceProblem() *judge.Problem {
	test := func(name string, sample bool, ns ...int) judge.Test {
		var in, out strings.Builder
		for _, n := range ns {
			fmt.Fprintf(&in, "[%d]\n", n)
			fmt.Fprintln(&out, 2*n)
		}
		return judge.Test{Name: name, Sample: sample, Input: text(in.String()), Answer: text(out.String())}
	}
	return &judge.Problem{
		Slug: "twice", Limits: judge.Limits{CPU: time.Second}, Harness: twiceHarness{},
		Reference: &judge.Reference{Language: judge.Go, Files: sources("reference")},
		Groups: []judge.Group{
			{Name: "sample", Sample: true, Checker: lineChecker{}, Tests: []judge.Test{test("s1", true, 1, 2), test("s2", true, 3)}},
			{Name: "secret", Checker: lineChecker{}, Tests: []judge.Test{test("a", false, 4, 5, 6), test("b", false, 7, 8)}},
		},
	}
}

// judgeTwice judges the program "solution".
func judgeTwice(t *testing.T, p *judge.Problem, solution func(judge.Run) judge.Result, change func(*judge.Submission)) (judge.Report, []judge.Event, *programBox) {
	t.Helper()
	s := newProgramBox(map[string]func(judge.Run) judge.Result{
		"solution": solution, "reference": solver(judge.Result{}, twice), "validator": twiceValidator,
		"small": func(r judge.Run) judge.Result {
			if b, _ := io.ReadAll(r.Stdin); strings.Contains(string(b), "1000") {
				return judge.Result{ExitCode: 43, Stderr: []byte("line 2: 1000 is too much\n")}
			}
			return judge.Result{ExitCode: 42}
		},
	})
	sub := judge.Submission{ID: "x", Kind: judge.KindSubmission, Problem: p.Slug, Language: judge.Go, Files: sources("solution")}
	if change != nil {
		change(&sub)
	}
	var events []judge.Event
	j := judging.New(judging.Config{Sandbox: s, Problems: catalog{p.Slug: p}})
	r, err := j.Judge(t.Context(), sub, func(e judge.Event) { events = append(events, e) })
	if err != nil {
		t.Fatal(err)
	}
	if s.Kept() {
		t.Errorf("boxes or slots are kept: %+v", s.Count())
	}
	return r, events, s
}

// cases is what a report says of a test's cases.
type caseCount struct {
	Verdict               judge.Verdict
	Passed, Total, Failed int
}

func counts(r judge.Report) map[string]caseCount {
	all := map[string]caseCount{}
	for _, t := range r.Tests {
		all[t.Name] = caseCount{t.Verdict, t.CasesPassed, t.CasesTotal, t.FailedCase}
	}
	return all
}

// Checker and output validator count alike, also when the program dies amid a
// test.
func TestCasesAreCounted(t *testing.T) {
	wrongAt5 := func(n int) (string, bool) {
		if n == 5 {
			return "0", true
		}
		return twice(n)
	}
	dies := func(at int) func(int) (string, bool) {
		return func(n int) (string, bool) { s, _ := twice(n); return s, n != at }
	}
	right := caseCount{judge.AC, 2, 2, 0}
	for name, tc := range map[string]struct {
		solution func(judge.Run) judge.Result
		a, b     caseCount
	}{
		"right":      {solver(judge.Result{}, twice), caseCount{judge.AC, 3, 3, 0}, right},
		"wrong":      {solver(judge.Result{}, wrongAt5), caseCount{judge.WA, 1, 3, 2}, right},
		"crashes":    {solver(judge.Result{ExitCode: 1}, dies(6)), caseCount{judge.RTE, 2, 3, 3}, right},
		"hangs":      {solver(judge.Result{Stopped: judge.StoppedForCPU, CPU: 2 * time.Second}, dies(4)), caseCount{judge.TLE, 0, 3, 1}, right},
		"ends early": {solver(judge.Result{}, dies(8)), caseCount{judge.AC, 3, 3, 0}, caseCount{judge.WA, 1, 2, 2}},
		"crashes at the end": {func(r judge.Run) judge.Result {
			solver(judge.Result{}, twice)(r)
			return judge.Result{Signal: 11}
		}, caseCount{judge.RTE, 3, 3, 0}, caseCount{judge.RTE, 2, 2, 0}},
	} {
		for _, validated := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, validated %v", name, validated), func(t *testing.T) {
				p := twiceProblem()
				if validated {
					p.Validation.Validator = &judge.Source{Files: sources("validator")}
				}
				r, _, _ := judgeTwice(t, p, tc.solution, nil)
				got := counts(r)
				if d := cmp.Diff(map[string]caseCount{"a": tc.a, "b": tc.b}, map[string]caseCount{"a": got["a"], "b": got["b"]}); d != "" {
					t.Errorf("cases (-want +got):\n%s", d)
				}
			})
		}
	}
}

// Nobody knows which case it was when the validator does not say so, or did
// not look.
func TestCaseThatIsNotKnown(t *testing.T) {
	p := twiceProblem()
	p.Validation.Validator = &judge.Source{Files: sources("validator")}
	for name, tc := range map[string]struct {
		solution func(judge.Run) judge.Result
		want     caseCount
		looked   bool
	}{
		"no number": {solver(judge.Result{}, func(int) (string, bool) { return "mute", true }), caseCount{judge.WA, 0, 3, 0}, true},
		"a flood":   {func(judge.Run) judge.Result { return judge.Result{Stopped: judge.StoppedForOutput} }, caseCount{judge.OLE, 0, 3, 0}, false},
	} {
		r, _, s := judgeTwice(t, p, tc.solution, nil)
		if got := counts(r)["a"]; got != tc.want {
			t.Errorf("%s: %+v, want %+v", name, got, tc.want)
		}
		if looked := strings.Contains(strings.Join(s.ran, " "), "validator"); looked != tc.looked {
			t.Errorf("%s: programs that ran: %v", name, s.ran)
		}
		for _, test := range r.Tests {
			if test.Failure != nil {
				t.Errorf("%s: %s shows %+v", name, test.Name, test.Failure)
			}
		}
	}
}

// Samples show all of the first case that failed, and what was printed.
func TestSamplesShowTheirFirstFailure(t *testing.T) {
	off := solver(judge.Result{Stderr: []byte("debug \xff\n")}, func(n int) (string, bool) { return strconv.Itoa(n), true })
	p := twiceProblem()
	r, _, _ := judgeTwice(t, p, off, nil)
	want := &judge.CaseReport{Input: "[1]", Expected: "2", Actual: "1"}
	if d := cmp.Diff(want, r.Tests[0].Failure); d != "" || r.Tests[0].Stderr != "debug \ufffd\n" || r.Tests[0].Feedback != "case 1: differs" {
		t.Errorf("%+v\n%s", r.Tests[0], d)
	}
	for _, hidden := range r.Tests[2:] {
		if hidden.Failure != nil || hidden.Stderr != "" || hidden.Feedback != "" || hidden.Cases != nil {
			t.Errorf("a hidden test shows %+v", hidden)
		}
	}
	// What is right prints as well; and many answers may be right, so a
	// validator's problem shows none as the expected one.
	r, _, _ = judgeTwice(t, p, solver(judge.Result{Stderr: []byte("hi")}, twice), nil)
	if r.Tests[0].Stderr != "hi" || r.Tests[2].Stderr != "" {
		t.Errorf("printed %q, and in a hidden test %q", r.Tests[0].Stderr, r.Tests[2].Stderr)
	}
	p.Validation.Validator = &judge.Source{Files: sources("validator")}
	r, _, _ = judgeTwice(t, p, off, nil)
	want.Expected = ""
	if d := cmp.Diff(want, r.Tests[0].Failure); d != "" || r.Tests[0].Feedback != "case 1: not twice" {
		t.Errorf("validated: %+v\n%s", r.Tests[0], d)
	}
}

func TestDisclosure(t *testing.T) {
	wrong := solver(judge.Result{}, func(n int) (string, bool) {
		if n == 1 || n == 5 || n == 7 {
			return "0", true
		}
		return twice(n)
	})
	cases := map[string]judge.CaseReport{"a": {Input: "[5]", Expected: "10", Actual: "0"}}
	for policy, want := range map[judge.Disclosure]struct {
		tests   []string
		reason  string // of the hidden test a
		cases   map[string]judge.CaseReport
		toldWhy string
	}{
		judge.DiscloseNone:             {[]string{"s1", "s2"}, "", nil, ""},
		judge.DiscloseVerdict:          {[]string{"s1", "s2", "a", "b"}, "", nil, ""},
		"":                             {[]string{"s1", "s2", "a", "b"}, "", nil, ""},
		judge.DiscloseReason:           {[]string{"s1", "s2", "a", "b"}, "case 2: the result differs", nil, ""},
		judge.DiscloseFirstFailingCase: {[]string{"s1", "s2", "a", "b"}, "case 2: the result differs", cases, "case 2: differs"},
	} {
		t.Run(string(policy), func(t *testing.T) {
			p := twiceProblem()
			p.Disclosure = policy
			p.Groups[1].Tests[0].Hint = "think of five"
			r, events, _ := judgeTwice(t, p, wrong, nil)
			var told []string
			for _, e := range events {
				if e.Test != nil {
					told = append(told, e.Test.Name)
				}
			}
			var names []string
			shown := map[string]judge.CaseReport(nil)
			for _, test := range r.Tests {
				names = append(names, test.Name)
				if f := test.Failure; f != nil && !test.Sample {
					shown = map[string]judge.CaseReport{test.Name: *f}
				}
				if test.Name != "a" {
					continue
				}
				hint := ""
				if want.reason != "" {
					hint = "think of five"
				}
				if d := cmp.Diff([]string{want.reason, hint, want.toldWhy}, []string{test.Reason, test.Hint, test.Feedback}); d != "" {
					t.Errorf("reason, hint and feedback (-want +got):\n%s", d)
				}
			}
			if d := cmp.Diff([]any{want.tests, want.tests, want.cases}, []any{names, told, shown}); d != "" {
				t.Errorf("tests, events and cases (-want +got):\n%s", d)
			}
			if r.Verdict != judge.WA || r.Summary.Passed != 1 || r.Summary.Total != 4 || r.Score != 25 {
				t.Errorf("%s, %+v, score %g", r.Verdict, r.Summary, r.Score)
			}
		})
	}
}

// A test may have a policy of its own.
func TestDisclosureOfATest(t *testing.T) {
	p := twiceProblem()
	p.Disclosure = judge.DiscloseFirstFailingCase
	p.Groups[1].Tests[0].Disclosure = judge.DiscloseVerdict
	r, _, _ := judgeTwice(t, p, solver(judge.Result{}, func(int) (string, bool) { return "0", true }), nil)
	a, b := r.Tests[2], r.Tests[3]
	if a.Failure != nil || a.Reason != "" || a.Feedback != "" || b.Failure == nil || b.Reason == "" {
		t.Errorf("%+v\n%+v", a, b)
	}
}

// A report of many failures stays short: only the first of them are explained.
func TestFewFailuresAreExplained(t *testing.T) {
	p := twiceProblem()
	p.Disclosure = judge.DiscloseReason
	hidden := &p.Groups[1]
	for len(hidden.Tests) < 30 {
		hidden.Tests = append(hidden.Tests, hidden.Tests[0])
	}
	r, _, _ := judgeTwice(t, p, solver(judge.Result{}, func(int) (string, bool) { return "0", true }), nil)
	explained := 0
	for _, test := range r.Tests {
		if !test.Sample && test.Reason != "" {
			explained++
		}
	}
	if len(r.Tests) != 32 || explained != 10 {
		t.Errorf("%d of %d tests are explained", explained, len(r.Tests))
	}
}

// Of a hidden test that crashed the last lines are shown, where reasons are.
func TestLastLinesOfACrash(t *testing.T) {
	long := strings.Repeat("a long line of what happened before\n", 100)
	for policy, want := range map[judge.Disclosure]string{judge.DiscloseVerdict: "", judge.DiscloseReason: "IndexError: no such place\n"} {
		p := twiceProblem()
		p.Disclosure = policy
		r, _, _ := judgeTwice(t, p, solver(judge.Result{ExitCode: 1, Stderr: []byte(long + "IndexError: no such place\n")}, func(int) (string, bool) { return "", false }), nil)
		got := r.Tests[2].Stderr
		if !strings.HasSuffix(got, want) || len(got) > 1024 || want == "" && got != "" || want != "" && !strings.HasPrefix(got, "a long line") {
			t.Errorf("%s: %q", policy, got)
		}
	}
}

// A hidden test of whole programs has one input, which may be long.
func TestDisclosureOfPrograms(t *testing.T) {
	p := echo(false)["echo"]
	p.Disclosure = judge.DiscloseFirstFailingCase
	long := strings.Repeat("x", 5000)
	p.Groups[1].Tests[1].Input = text(long)
	s := running(program(func(in string) (string, judge.Result) { return in, judge.Result{} }))
	r, err := judging.New(judging.Config{Sandbox: s, Problems: catalog{"echo": p}}).
		Judge(t.Context(), judge.Submission{Problem: "echo", Language: judge.Go}, func(judge.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	if f := r.Tests[2].Failure; f == nil || f.Input != long[:4096]+"..." || f.Expected != "" || f.Actual != "" {
		t.Errorf("%+v", r.Tests[2])
	}
	if r.Tests[0].Failure != nil || r.Tests[1].Failure != nil || r.Tests[3].Failure != nil {
		t.Errorf("%+v", r.Tests)
	}
}

func TestFilesThatAreNoSolution(t *testing.T) {
	r, events, s := judgeTwice(t, twiceProblem(), nil, func(sub *judge.Submission) { sub.Files = sources("solution", "more") })
	if r.Verdict != judge.CE || r.Compile == nil || r.Compile.OK || r.Compile.Output != "a solution is one file" || len(s.ran) != 0 {
		t.Errorf("%s, %+v, ran %v", r.Verdict, r.Compile, s.ran)
	}
	if last := events[len(events)-1]; last.Kind != judge.EventCompiled || last.Compile != r.Compile {
		t.Errorf("events %+v", events)
	}
}

func run(cases ...string) func(*judge.Submission) {
	return func(sub *judge.Submission) {
		sub.Kind = judge.KindRun
		for _, c := range cases {
			sub.Cases = append(sub.Cases, json.RawMessage(c))
		}
	}
}

// A run is judged on samples alone, and shows each of their cases.
func TestRunOfSamples(t *testing.T) {
	off := solver(judge.Result{}, func(n int) (string, bool) {
		if n == 1 {
			return "7", true
		}
		return twice(n)
	})
	p := twiceProblem()
	p.Groups[0].BreakOnReject = true // which a run does not
	r, events, _ := judgeTwice(t, p, off, run())
	if r.Verdict != judge.WA || r.Summary.Passed != 1 || r.Summary.Total != 2 || len(r.Tests) != 2 {
		t.Fatalf("%s, %+v, %+v", r.Verdict, r.Summary, r.Tests)
	}
	if events[0].Kind != judge.EventRunning || events[0].Total != 2 {
		t.Errorf("the first event is %+v", events[0])
	}
	want := []judge.CaseReport{
		{Input: "[1]", Expected: "2", Actual: "7"},
		{Input: "[2]", Expected: "4", Actual: "4", Passed: true},
	}
	if d := cmp.Diff(want, r.Tests[0].Cases); d != "" {
		t.Errorf("cases (-want +got):\n%s", d)
	}
}

func TestRunOfOwnCases(t *testing.T) {
	late := solver(judge.Result{ExitCode: 3}, func(n int) (string, bool) { s, _ := twice(n); return s, n < 30 })
	p := twiceProblem()
	p.InputValidators = []judge.InputValidator{{Source: judge.Source{Files: sources("small")}, Args: []string{"--hidden"}}}
	r, events, s := judgeTwice(t, p, late, run("[10]", "[20]", "[30]"))
	want := []judge.TestReport{{
		Name: "custom", Group: "custom", Sample: true, Verdict: judge.RTE, Reason: "exit code 3", Usage: judge.Usage{ExitCode: 3},
		CasesPassed: 2, CasesTotal: 3, FailedCase: 3,
		Failure: &judge.CaseReport{Input: "[30]", Expected: "60"},
		Cases: []judge.CaseReport{
			{Input: "[10]", Expected: "20", Actual: "20", Passed: true},
			{Input: "[20]", Expected: "40", Actual: "40", Passed: true},
			{Input: "[30]", Expected: "60"},
		},
	}}
	if d := cmp.Diff(want, r.Tests); d != "" || r.Verdict != judge.RTE || r.Summary.Total != 1 || events[0].Total != 1 {
		t.Errorf("%s, %+v (-want +got):\n%s", r.Verdict, r.Summary, d)
	}
	if d := cmp.Diff([]string{"small", "reference", "solution"}, s.ran); d != "" {
		t.Errorf("programs that ran (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"--hidden"}, s.args[0]); d != "" {
		t.Errorf("arguments of the validator (-want +got):\n%s", d)
	}

	p.Validation.Validator = &judge.Source{Files: sources("validator")}
	r, _, _ = judgeTwice(t, p, solver(judge.Result{}, twice), run("[10]"))
	if d := cmp.Diff([]judge.CaseReport{{Input: "[10]", Actual: "20", Passed: true}}, r.Tests[0].Cases); d != "" || r.Verdict != judge.AC {
		t.Errorf("validated: %s (-want +got):\n%s", r.Verdict, d)
	}
}

// Cases that the problem does not have are the client's mistake, and their
// program is not run on them.
func TestRunOfCasesThatAreRefused(t *testing.T) {
	for name, tc := range map[string]struct {
		cases   []string
		change  func(*judge.Problem)
		message string
	}{
		"by the signature": {[]string{"[1]", "[1,2]"}, nil, "cases[1]: must be an array of one number"},
		"by a validator":   {[]string{"[1]", "[1000]"}, nil, "line 2: 1000 is too much"},
		"by the reference": {[]string{"[1]"}, func(p *judge.Problem) { p.Reference.Files = sources("solution") },
			"the reference solution cannot answer them: run-time error"},
	} {
		t.Run(name, func(t *testing.T) {
			p := twiceProblem()
			p.InputValidators = []judge.InputValidator{{Source: judge.Source{Files: sources("small")}, Args: []string{"--hidden"}}}
			crash := func(judge.Run) judge.Result { return judge.Result{ExitCode: 1} }
			if tc.change != nil {
				tc.change(p)
			}
			r, _, s := judgeTwice(t, p, crash, run(tc.cases...))
			if r.Verdict != "" || r.Rejected != tc.message || len(r.Tests) != 0 || !r.Compile.OK {
				t.Errorf("%s, rejected %q, tests %+v", r.Verdict, r.Rejected, r.Tests)
			}
			if tc.change == nil && strings.Contains(strings.Join(s.ran, " "), "solution") {
				t.Errorf("programs that ran: %v", s.ran)
			}
		})
	}
}

// A checker that has decided takes no more of a long output; its author is
// shown the cases behind that all the same. The report stays bounded.
func TestLongCasesAreBounded(t *testing.T) {
	var cases []string
	for i := range 100 {
		cases = append(cases, fmt.Sprintf("[%d]", i))
	}
	chatty := solver(judge.Result{}, func(n int) (string, bool) {
		if n == 0 {
			return strings.Repeat("x", 200<<10), true
		}
		return twice(n)
	})
	r, _, _ := judgeTwice(t, twiceProblem(), chatty, run(cases...))
	test := r.Tests[0]
	if len(test.Cases) != 100 || len(test.Cases[0].Actual) != 4096+len("...") || test.Cases[0].Passed || !test.Cases[99].Passed {
		t.Errorf("%d cases, the first %d bytes, the last %+v", len(test.Cases), len(test.Cases[0].Actual), test.Cases[99])
	}
	for i := range cases {
		cases[i] = "[" + strings.Repeat(" ", 4<<10) + "1]"
	}
	chatty = solver(judge.Result{}, func(int) (string, bool) { return strings.Repeat("x", 3<<10), true })
	r, _, _ = judgeTwice(t, twiceProblem(), chatty, run(cases...))
	shown := 0
	for _, c := range r.Tests[0].Cases {
		shown += len(c.Input) + len(c.Expected) + len(c.Actual)
	}
	if shown < 250<<10 || shown > 260<<10 {
		t.Errorf("%d bytes of cases are shown", shown)
	}
}

// trimmingHarness knows which words are the driver's.
type trimmingHarness struct{ twiceHarness }

func (trimmingHarness) Trim(lang judge.Language, stderr string) string {
	return strings.ReplaceAll(stderr, "driver of "+string(lang)+"\n", "")
}

// What a solution that failed left behind is shown without the driver's part;
// what one that is right printed is shown as it is.
func TestPrintsAreTrimmed(t *testing.T) {
	p := twiceProblem()
	p.Harness = trimmingHarness{}
	said := judge.Result{ExitCode: 1, Stderr: []byte("mine\ndriver of go\n")}
	for verdict, good := range map[judge.Verdict]bool{judge.AC: true, judge.RTE: false} {
		r, _, _ := judgeTwice(t, p, solver(said, func(n int) (string, bool) { s, _ := twice(n); return s, good }), nil)
		want := map[judge.Verdict]string{judge.AC: "mine\ndriver of go\n", judge.RTE: "mine\n"}[verdict]
		if r.Tests[0].Verdict != verdict || r.Tests[0].Stderr != want {
			t.Errorf("%s: %+v", verdict, r.Tests[0])
		}
	}
}
