package judging_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judgetest"
	"github.com/docketjudge/docket/judge/judging"
)

func TestScaledLimits(t *testing.T) {
	l := judge.Limits{CPU: time.Second, Memory: 32 * judge.MiB}.Scaled(1.5)
	if l.CPU != 1500*time.Millisecond || l.Wall != 6*time.Second || l.Memory != 32*judge.MiB || l.Output != judge.DefaultOutput {
		t.Errorf("scaled: %+v", l)
	}
	rapid.Check(t, func(t *rapid.T) {
		l := judge.Limits{CPU: time.Duration(rapid.IntRange(1, 60_000).Draw(t, "ms")) * time.Millisecond}
		if l.Scaled(1) != l.WithDefaults() {
			t.Error("a factor of 1 changes limits")
		}
		f := rapid.Float64Range(1, 8).Draw(t, "factor")
		if s := l.Scaled(f); s.CPU < l.CPU || s.Wall < l.WithDefaults().Wall || s.Scaled(1) != s {
			t.Errorf("%v times %g is %+v", l.CPU, f, s)
		}
	})
}

// A program that takes as much longer as its host is slower gets the verdict
// that it gets elsewhere, and the report says why.
func TestSlowHostJudgesTheSame(t *testing.T) {
	for _, factor := range []float64{1, 2} {
		var limits judge.Limits
		s := &judgetest.Sandbox{}
		answer := program(func(in string) (string, judge.Result) { return in, judge.Result{CPU: 1800 * time.Millisecond} })
		s.OnRun = func(_ judge.Artifact, r judge.Run, l judge.Limits) (judge.Result, error) {
			limits = l
			return answer(r, l)
		}
		j := judging.New(judging.Config{Sandbox: s, Problems: echo(true), HostFactor: func(_ context.Context, l judge.Language) (float64, error) {
			if l != judge.Java || s.Count().Slots != 0 {
				t.Errorf("asked for %s while %d slots are held", l, s.Count().Slots)
			}
			return factor, nil
		}})
		r, err := j.Judge(t.Context(), judge.Submission{Kind: judge.KindSubmission, Problem: "echo", Language: judge.Java}, func(judge.Event) {})
		if err != nil {
			t.Fatal(err)
		}
		want := map[float64]judge.Verdict{1: judge.TLE, 2: judge.AC}[factor]
		if r.Verdict != want || r.HostFactor != factor || limits.CPU != time.Duration(factor)*time.Second {
			t.Errorf("factor %g: %s (host factor %g) under %+v, want %s", factor, r.Verdict, r.HostFactor, limits, want)
		}
		if l := r.Limits; l == nil || l.CPU != limits.CPU || l.Memory != limits.Memory+judge.Java.Allowance() {
			t.Errorf("factor %g: the report has the limits %+v, the program had %+v", factor, r.Limits, limits)
		}
		reasons := map[float64]string{1: "over 1000 ms of processor time"}
		if got := r.Tests[0].Reason; got != reasons[factor] {
			t.Errorf("factor %g: the reason is %q, want %q", factor, got, reasons[factor])
		}
	}
}

// A host that cannot be measured judges nobody under limits that are not its
// own.
func TestMeasuringThatFailsIsAnOutage(t *testing.T) {
	gone := errors.New("no engine")
	j := judging.New(judging.Config{Sandbox: &judgetest.Sandbox{}, Problems: echo(true),
		HostFactor: func(context.Context, judge.Language) (float64, error) { return 0, gone }})
	sub := judge.Submission{Problem: "echo", Language: judge.Go}
	_, err := j.Judge(t.Context(), sub, func(judge.Event) {})
	if !errors.Is(err, judge.ErrOutage) || !errors.Is(err, gone) {
		t.Errorf("err %v", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = j.Judge(cancelled, sub, func(judge.Event) {}); errors.Is(err, judge.ErrOutage) {
		t.Errorf("who cancels a judging stops the worker: %v", err)
	}
}

// A slow host slows a problem's own programs too.
func TestValidatorsHaveMoreTimeOnASlowHost(t *testing.T) {
	catalog := echo(true)
	p, err := catalog.Problem(t.Context(), "echo")
	if err != nil {
		t.Fatal(err)
	}
	p.Validation = judge.Validation{Validator: &judge.Source{Language: judge.Python}, Limits: judge.Limits{CPU: 7 * time.Second}}
	var seen []time.Duration
	s := running(func(r judge.Run, l judge.Limits) (judge.Result, error) {
		if len(r.Attachments) > 0 { // the validator is shown input and answer
			seen = append(seen, l.CPU)
			return judge.Result{ExitCode: 42}, nil
		}
		return judge.Result{}, nil
	})
	j := judging.New(judging.Config{Sandbox: s, Problems: catalog, HostFactor: judge.FixedFactor(2)})
	r, err := j.Judge(t.Context(), judge.Submission{Kind: judge.KindSubmission, Problem: "echo", Language: judge.Go}, func(judge.Event) {})
	if err != nil || r.Verdict != judge.AC {
		t.Fatalf("%s, %v", r.Verdict, err)
	}
	for _, cpu := range seen {
		if cpu != 14*time.Second {
			t.Errorf("the validator had %s", cpu)
		}
	}
	if len(seen) == 0 {
		t.Error("no validator was run")
	}
}

// A client that asks for 100 ms gets 100 ms.
func TestOwnLimitsAreNotScaled(t *testing.T) {
	var limits judge.Limits
	s := running(func(_ judge.Run, l judge.Limits) (judge.Result, error) { limits = l; return judge.Result{}, nil })
	j := judging.New(judging.Config{Sandbox: s, HostFactor: judge.FixedFactor(3)})
	r, err := j.Judge(t.Context(), judge.Submission{Kind: judge.KindRun, Language: judge.Go,
		Limits: judge.Limits{CPU: 100 * time.Millisecond}}, func(judge.Event) {})
	if err != nil || limits.CPU != 100*time.Millisecond || r.HostFactor != 0 {
		t.Errorf("%v: limits %+v, host factor %g", err, limits, r.HostFactor)
	}
}
