package judging_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judgetest"
	"github.com/docketjudge/docket/judge/judging"
)

// checks answers with one error after the other, and then that all is well.
func checks(errs ...error) func(judge.Language) error {
	return func(judge.Language) error { return judgetest.Next(&errs) }
}

// Whether an error is the worker's or the submission's is asked before a
// second try and at the end.
func TestErrorsAreBlamed(t *testing.T) {
	gone, noEngine := errors.New("box gone"), errors.New("no engine")
	accept := program(func(in string) (string, judge.Result) { return in, judge.Result{} })
	tests := map[string]struct {
		buildErr, runErr, checkErr []error
		healthErr                  error
		outage, fails              bool
	}{
		"all is well":                         {},
		"a build fails once":                  {buildErr: []error{gone}},
		"a build fails twice":                 {buildErr: []error{gone, gone}, fails: true},
		"a build fails without engine":        {buildErr: []error{gone}, checkErr: []error{noEngine}, fails: true, outage: true},
		"the engine goes at the second build": {buildErr: []error{gone, gone}, checkErr: []error{nil, noEngine}, fails: true, outage: true},
		"a test fails once":                   {runErr: []error{gone}},
		"a test fails twice":                  {runErr: []error{gone, gone}, fails: true},
		"a test fails without engine":         {runErr: []error{nil, gone}, checkErr: []error{noEngine}, fails: true, outage: true},
		"a build fails on a full disk":        {buildErr: []error{gone}, healthErr: errors.New("no room"), fails: true, outage: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := &judgetest.Sandbox{OnBuild: failing(test.buildErr), OnCheck: checks(test.checkErr...)}
			s.OnRun = func(_ judge.Artifact, r judge.Run, l judge.Limits) (judge.Result, error) {
				if err := judgetest.Next(&test.runErr); err != nil {
					return judge.Result{}, err
				}
				return accept(r, l)
			}
			j := judging.New(judging.Config{
				Sandbox: s, Problems: echo(true), Healthy: func(context.Context) error { return test.healthErr },
			})
			r, err := j.Judge(t.Context(), judge.Submission{Problem: "echo", Language: judge.Go}, func(judge.Event) {})
			if (err != nil) != test.fails || errors.Is(err, judge.ErrOutage) != test.outage {
				t.Errorf("%s, %v", r.Verdict, err)
			}
			if err == nil && r.Verdict != judge.AC {
				t.Errorf("verdict %s", r.Verdict)
			}
			if s.Kept() {
				t.Errorf("boxes or slots are kept: %+v", s.Count())
			}
		})
	}
}

// A problem whose tests cannot be made, because the engine is away, is asked
// for before there is a slot.
func TestMissingTestsAreBlamed(t *testing.T) {
	s := &judgetest.Sandbox{OnCheck: checks(errors.New("no engine"))}
	j := judging.New(judging.Config{Sandbox: s, Problems: catalog{}})
	for _, want := range []bool{true, false} {
		_, err := j.Judge(t.Context(), judge.Submission{Problem: "echo", Language: judge.Java}, func(judge.Event) {})
		if err == nil || errors.Is(err, judge.ErrOutage) != want {
			t.Errorf("outage %v: %v", want, err)
		}
	}
	if diff := cmp.Diff([]judge.Language{judge.Java, judge.Java}, s.Count().Checked); diff != "" || s.Kept() {
		t.Errorf("checked (-want +got):\n%s, %+v", diff, s.Count())
	}
}

// A doubtful end stands when the second run fails for a reason that nobody
// knows, and says nothing when the worker is out of order.
func TestDoubtfulEndStandsWhenTheRerunFails(t *testing.T) {
	for _, outage := range []bool{false, true} {
		runs := 0
		s := running(func(judge.Run, judge.Limits) (judge.Result, error) {
			switch runs++; runs {
			case 1:
				return judge.Result{CPU: 1050 * time.Millisecond}, nil
			case 2:
				return judge.Result{}, errors.New("box gone")
			}
			return judge.Result{Signal: 9}, nil
		})
		if outage {
			s.OnCheck = checks(errors.New("no engine"))
		}
		j := judging.New(judging.Config{Sandbox: s, Problems: echo(true)})
		r, err := j.Judge(t.Context(), judge.Submission{Problem: "echo", Language: judge.Go}, func(judge.Event) {})
		if outage && !errors.Is(err, judge.ErrOutage) || !outage && (err != nil || r.Verdict != judge.TLE) {
			t.Errorf("outage %v: %s, %v", outage, r.Verdict, err)
		}
		if want := map[bool]int{true: 2, false: 3}[outage]; runs != want || s.Kept() {
			t.Errorf("%d runs, %+v", runs, s.Count())
		}
	}
}

func TestBackoff(t *testing.T) {
	for n, want := range map[int]time.Duration{0: 1, 1: 2, 2: 4, 3: 8, 5: 32, 6: 60, 7: 60, 1000: 60, -1: 60} {
		d := judge.Backoff(n)
		if want *= time.Second; d < want || d >= want+want/4 {
			t.Errorf("Backoff(%d) = %v, want %v and up to a quarter", n, d, want)
		}
	}
}
