package judging_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judgetest"
	"github.com/docketjudge/docket/judge/judging"
)

// talks is an interactive problem's program and its validator, which is the one
// that has attachments.
type talks struct {
	program, validator func(judge.Run) judge.Result
}

func (s *talks) sandbox() *judgetest.Sandbox {
	return running(func(r judge.Run, _ judge.Limits) (judge.Result, error) {
		if len(r.Attachments) > 0 {
			return s.validator(r), nil
		}
		return s.program(r), nil
	})
}

// says is a program that says something and comes to an end.
func says(text string, end judge.Result) func(judge.Run) judge.Result {
	return func(r judge.Run) judge.Result {
		_, _ = io.WriteString(r.Stdout, text)
		return end
	}
}

// strict is a validator that wants one line, "yes". It is so slow that the
// program has ended and the judge knows of that before it begins, and then it is
// held to what boxes do at the end of an input that was cut off.
func strict(r judge.Run) judge.Result {
	all, err := io.ReadAll(r.Stdin)
	line, _, whole := strings.Cut(string(all), "\n")
	switch {
	case whole && line == "yes":
		return judge.Result{ExitCode: judge.ValidatorAccepts}
	case whole:
		return judge.Result{ExitCode: judge.ValidatorRejects}
	case errors.Is(err, judge.ErrCutOff):
		return judge.Result{Signal: 9, Stopped: judge.StoppedForInput}
	}
	return judge.Result{ExitCode: judge.ValidatorRejects}
}

// prompt reads a line and decides.
func prompt(r judge.Run) judge.Result {
	line, err := bufio.NewReader(r.Stdin).ReadString('\n')
	return strict(judge.Run{Stdin: io.MultiReader(strings.NewReader(line), broken{err})})
}

// broken is a reader of nothing but an end.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) {
	if b.err == nil {
		return 0, io.EOF
	}
	return 0, b.err
}

func TestInteractiveVerdicts(t *testing.T) {
	failed := func(stopped judge.Stop) judge.Result { return judge.Result{Signal: 9, Stopped: stopped} }
	exits := judge.Result{ExitCode: 9}
	tests := []struct {
		said string
		end  judge.Result
		want judge.Verdict
	}{
		{"yes\n", judge.Result{}, judge.AC},
		{"no\n", judge.Result{}, judge.WA},
		{"", judge.Result{}, judge.WA},
		// What was rejected is wrong, whatever befell the program afterwards.
		{"no\n", exits, judge.WA},
		{"no\n", failed(judge.NotStopped), judge.WA},
		{"no\n", failed(judge.StoppedForCPU), judge.WA},
		{"no\n", failed(judge.StoppedForWall), judge.WA},
		{"no\n", failed(judge.StoppedForMemory), judge.WA},
		{"no\n" + strings.Repeat("more\n", 1000), failed(judge.StoppedForOutput), judge.WA},
		// What was not rejected ends as the program did.
		{"", exits, judge.RTE},
		{"ye", exits, judge.RTE},
		{"yes\n", exits, judge.RTE},
		{"", failed(judge.StoppedForCPU), judge.TLE},
		{"", failed(judge.StoppedForWall), judge.TLE},
		{"", failed(judge.StoppedForMemory), judge.MLE},
		{strings.Repeat("y", 1000), failed(judge.StoppedForOutput), judge.OLE},
		{"yes\n", failed(judge.StoppedForOutput), judge.OLE},
	}
	for name, validator := range map[string]func(judge.Run) judge.Result{"strict": strict, "prompt": prompt} {
		for _, tt := range tests {
			t.Run(fmt.Sprintf("%s/%.6q/%s-%d-%d", name, tt.said, tt.end.Stopped, tt.end.ExitCode, tt.end.Signal), func(t *testing.T) {
				s := &talks{program: says(tt.said, tt.end), validator: validator}
				if got := interactive(t, s); got != tt.want {
					t.Errorf("%s, want %s", got, tt.want)
				}
			})
		}
	}
}

// A flood that a validator does not get through is too much output, and no fault
// of the judge. A validator that is stopped otherwise is one.
func TestInteractiveFlood(t *testing.T) {
	slow := func(judge.Run) judge.Result { return judge.Result{Signal: 9, Stopped: judge.StoppedForCPU} }
	flood := &talks{program: says("y", judge.Result{Signal: 9, Stopped: judge.StoppedForOutput}), validator: slow}
	if got := interactive(t, flood); got != judge.OLE {
		t.Errorf("%s, want OLE", got)
	}
	fine := &talks{program: says("yes\n", judge.Result{}), validator: slow}
	if _, err := judgeInteractive(t, fine); err == nil {
		t.Error("a validator that is stopped is no error")
	}
}

func judgeInteractive(t *testing.T, s *talks) (judge.Report, error) {
	t.Helper()
	j := judging.New(judging.Config{Sandbox: s.sandbox(), Problems: catalog{"talk": &judge.Problem{
		Slug: "talk", Limits: judge.Limits{CPU: time.Second},
		Validation: judge.Validation{Validator: &judge.Source{}, Interactive: true},
		Groups:     []judge.Group{{Name: "secret", Tests: []judge.Test{{Name: "1", Input: text(""), Answer: text("")}}}},
	}}})
	return j.Judge(t.Context(), judge.Submission{Problem: "talk", Language: judge.Go}, func(judge.Event) {})
}

func interactive(t *testing.T, s *talks) judge.Verdict {
	t.Helper()
	r, err := judgeInteractive(t, s)
	if err != nil {
		t.Fatal(err)
	}
	return r.Verdict
}
