package judging_test

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
)

// witness shows a program one number after the other, and writes what it
// answered to which. It counts its talks.
type witness struct{ talks int }

func (w *witness) Converse(tests io.Reader, to io.Writer, from io.Reader, output io.Writer) error {
	w.talks++
	said := bufio.NewScanner(from)
	for asked := bufio.NewScanner(tests); asked.Scan(); {
		if _, err := fmt.Fprintln(to, asked.Text()); err != nil || !said.Scan() {
			return nil //nolint:nilerr // the program is gone
		}
		if _, err := fmt.Fprintf(output, "%s was answered %s\n", asked.Text(), said.Text()); err != nil {
			return nil //nolint:nilerr // the checker has seen enough
		}
	}
	return nil
}

// Where programs talk with an interactor, the reference does so too: its answer
// is what the interactor makes of the talk.
func TestRunOfOwnCasesWithInteractor(t *testing.T) {
	wrong := solver(judge.Result{}, func(n int) (string, bool) {
		if n == 20 {
			return "7", true
		}
		return twice(n)
	})
	p, w := twiceProblem(), &witness{}
	p.Interactor = w
	r, _, s := judgeTwice(t, p, wrong, run("[10]", "[20]", "[30]"))
	want := []judge.CaseReport{
		{Input: "[10]", Expected: "[10] was answered 20", Actual: "[10] was answered 20", Passed: true},
		{Input: "[20]", Expected: "[20] was answered 40", Actual: "[20] was answered 7"},
		{Input: "[30]", Expected: "[30] was answered 60", Actual: "[30] was answered 60", Passed: true},
	}
	if r.Verdict != judge.WA || len(r.Tests) != 1 {
		t.Fatalf("%s %q, %+v", r.Verdict, r.Message, r.Tests)
	}
	if d := cmp.Diff(want, r.Tests[0].Cases); d != "" || r.Tests[0].FailedCase != 2 {
		t.Errorf("the first case that failed is %d; cases (-want +got):\n%s", r.Tests[0].FailedCase, d)
	}
	if d := cmp.Diff([]string{"reference", "solution"}, s.ran); d != "" || w.talks != 2 {
		t.Errorf("%d talks; programs that ran (-want +got):\n%s", w.talks, d)
	}
}

// An output validator is told of own cases what it is told of the problem's
// first tests.
func TestRunOfOwnCasesKeepsFlags(t *testing.T) {
	p := twiceProblem()
	p.Validation.Validator = &judge.Source{Files: sources("validator")}
	p.Groups[0].Flags, p.Groups[1].Flags = []string{"float_tolerance", "1e-6"}, []string{"others"}
	r, _, s := judgeTwice(t, p, solver(judge.Result{}, twice), run("[10]"))
	at := slices.Index(s.ran, "validator")
	if r.Verdict != judge.AC || at < 0 {
		t.Fatalf("%s, programs that ran: %q", r.Verdict, s.ran)
	}
	// In front of them are the names of the input, the answer and a directory.
	if d := cmp.Diff(p.Groups[0].Flags, s.args[at][3:]); d != "" {
		t.Errorf("flags of the validator (-want +got):\n%s", d)
	}
}

// A run lists so many cases of a test and no more; all of them are judged.
func TestRunListsSoManyCases(t *testing.T) {
	p := twiceProblem()
	var in, answer strings.Builder
	for n := range judge.MaxCases + 1 {
		fmt.Fprintf(&in, "[%d]\n", n)
		fmt.Fprintln(&answer, 2*n)
	}
	sample := &p.Groups[0].Tests[0]
	sample.Input, sample.Answer = text(in.String()), text(answer.String())
	last := solver(judge.Result{}, func(n int) (string, bool) {
		if n == judge.MaxCases {
			return "0", true
		}
		return twice(n)
	})
	r, _, _ := judgeTwice(t, p, last, run())
	test := r.Tests[0]
	if len(test.Cases) != judge.MaxCases || test.Cases[judge.MaxCases-1].Input != fmt.Sprintf("[%d]", judge.MaxCases-1) {
		t.Errorf("%d cases are listed", len(test.Cases))
	}
	want := caseCount{judge.WA, judge.MaxCases, judge.MaxCases + 1, judge.MaxCases + 1}
	if got := counts(r)[test.Name]; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// What reports show of a solution's prints, of a program's, and of the words of
// a checker is bounded.
func TestShownTextIsBounded(t *testing.T) {
	const function, program, words = 16 << 10, 4 << 10, 4 << 10
	long := func(n int) string { return strings.Repeat("x", n) }
	cut := func(n int) string { return long(n) + "..." }
	for printed, want := range map[int]string{function: long(function), function + 1: cut(function)} {
		r, _, _ := judgeTwice(t, twiceProblem(), solver(judge.Result{Stderr: []byte(long(printed))}, twice), nil)
		if got := r.Tests[0].Stderr; got != want {
			t.Errorf("of %d bytes that a solution printed %d are shown", printed, len(got))
		}
	}
	for printed, want := range map[int]string{program: long(program), program + 1: cut(program)} {
		p := twiceProblem()
		p.Harness = nil
		r, _, _ := judgeTwice(t, p, func(judge.Run) judge.Result {
			return judge.Result{ExitCode: 1, Stderr: []byte(long(printed))}
		}, nil)
		if got := r.Tests[0].Stderr; got != want {
			t.Errorf("of %d bytes that a program printed %d are shown", printed, len(got))
		}
	}
	p := twiceProblem()
	for i := range p.Groups {
		p.Groups[i].Checker = wordy{long(words + 1)}
	}
	r, _, _ := judgeTwice(t, p, solver(judge.Result{}, twice), nil)
	if test := r.Tests[0]; test.Feedback != cut(words) || test.Failure == nil || test.Failure.Expected != cut(words) || test.Failure.Actual != cut(words) {
		t.Errorf("%d bytes of the words of a checker are shown; of its case: %.200q", len(test.Feedback), fmt.Sprintf("%+v", test.Failure))
	}
}

// wordy is a checker that has much to say against everything.
type wordy struct{ words string }

func (w wordy) Check(output, _ io.Reader) (judge.Finding, error) {
	_, err := io.Copy(io.Discard, output)
	return judge.Finding{Reason: w.words, Expected: w.words, Actual: w.words, Total: 2}, err
}
