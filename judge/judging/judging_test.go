package judging_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judgetest"
	"github.com/docketjudge/docket/judge/judging"
)

// running is a sandbox that runs every program by one function.
func running(run func(judge.Run, judge.Limits) (judge.Result, error)) *judgetest.Sandbox {
	return &judgetest.Sandbox{OnRun: func(_ judge.Artifact, r judge.Run, l judge.Limits) (judge.Result, error) { return run(r, l) }}
}

// failing fails a build with one error after the other, and then builds.
func failing(errs []error) func(judge.Source) (judge.Build, error) {
	return func(judge.Source) (judge.Build, error) {
		return judge.Build{OK: true}, judgetest.Next(&errs)
	}
}

// exactChecker accepts what equals the answer.
type exactChecker struct{}

func (exactChecker) Check(output, answer io.Reader) (judge.Finding, error) {
	got, err := io.ReadAll(output)
	if err != nil {
		return judge.Finding{}, err
	}
	want, err := io.ReadAll(answer)
	if err != nil {
		return judge.Finding{}, err
	}
	if string(got) != string(want) {
		return judge.Finding{Reason: "differs"}, nil
	}
	return judge.Finding{}, nil
}

func text(s string) judge.Data {
	return judge.Data{Size: judge.Bytes(len(s)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(s)), nil
	}}
}

type catalog map[judge.Slug]*judge.Problem

func (c catalog) Problem(_ context.Context, s judge.Slug) (*judge.Problem, error) {
	if p, ok := c[s]; ok {
		return p, nil
	}
	return nil, judge.NotFound("no problem %q", s)
}

// echo is a problem whose answer is its input.
func echo(breaks bool) catalog {
	tests := func(sample bool, names ...string) []judge.Test {
		var ts []judge.Test
		for _, n := range names {
			ts = append(ts, judge.Test{Name: n, Sample: sample, Input: text(n), Answer: text(n)})
		}
		return ts
	}
	return catalog{"echo": &judge.Problem{
		Slug: "echo", Limits: judge.Limits{CPU: time.Second},
		Groups: []judge.Group{
			{Name: "sample", Sample: true, Checker: exactChecker{}, Tests: tests(true, "s1")},
			{Name: "secret", BreakOnReject: breaks, Checker: exactChecker{}, Tests: tests(false, "a", "b", "c")},
		},
	}}
}

// program makes a run function of one that maps input to output.
func program(f func(in string) (out string, r judge.Result)) func(judge.Run, judge.Limits) (judge.Result, error) {
	return func(run judge.Run, _ judge.Limits) (judge.Result, error) {
		in, err := io.ReadAll(run.Stdin)
		if err != nil {
			return judge.Result{}, err
		}
		out, r := f(string(in))
		_, _ = io.WriteString(run.Stdout, out)
		r.StdoutBytes = judge.Bytes(len(out))
		return r, nil
	}
}

func judgeEcho(t *testing.T, s *judgetest.Sandbox, breaks bool) (judge.Report, []judge.EventKind) {
	t.Helper()
	var kinds []judge.EventKind
	j := judging.New(judging.Config{Sandbox: s, Problems: echo(breaks)})
	r, err := j.Judge(t.Context(), judge.Submission{ID: "x", Kind: judge.KindSubmission, Problem: "echo", Language: judge.Go},
		func(e judge.Event) { kinds = append(kinds, e.Kind) })
	if err != nil {
		t.Fatal(err)
	}
	if s.Kept() {
		t.Errorf("boxes or slots are kept: %+v", s.Count())
	}
	return r, kinds
}

func verdicts(r judge.Report) []judge.Verdict {
	var v []judge.Verdict
	for _, t := range r.Tests {
		v = append(v, t.Verdict)
	}
	return v
}

func TestJudgeAccepts(t *testing.T) {
	s := running(program(func(in string) (string, judge.Result) { return in, judge.Result{CPU: 3 * time.Millisecond} }))
	r, kinds := judgeEcho(t, s, true)
	if r.Verdict != judge.AC || r.Score != 100 || r.Summary.Passed != 4 || r.Summary.CPUMillisTotal != 12 {
		t.Errorf("report %+v", r)
	}
	want := []judge.EventKind{judge.EventRunning, judge.EventCompiled, judge.EventTest, judge.EventTest, judge.EventTest, judge.EventTest}
	if d := cmp.Diff(want, kinds); d != "" {
		t.Errorf("events (-want +got):\n%s", d)
	}
}

func TestFirstRejectionGivesTheVerdict(t *testing.T) {
	fate := program(func(in string) (string, judge.Result) {
		switch in {
		case "b":
			return "wrong", judge.Result{}
		case "c":
			return "", judge.Result{Signal: 11}
		}
		return in, judge.Result{}
	})
	r, _ := judgeEcho(t, running(fate), true)
	if r.Verdict != judge.WA || r.Summary.Passed != 2 || r.Summary.Total != 4 || r.Score != 50 {
		t.Errorf("breaking: %s, %+v", r.Verdict, r.Summary)
	}
	if d := cmp.Diff([]judge.Verdict{judge.AC, judge.AC, judge.WA}, verdicts(r)); d != "" {
		t.Error(d)
	}
	r, _ = judgeEcho(t, running(fate), false)
	if d := cmp.Diff([]judge.Verdict{judge.AC, judge.AC, judge.WA, judge.RTE}, verdicts(r)); d != "" || r.Verdict != judge.WA {
		t.Errorf("going on: %s %s", r.Verdict, d)
	}
}

// Only samples show why an output was rejected: the reason may quote the
// answer.
func TestHiddenTestsStayHidden(t *testing.T) {
	s := running(program(func(string) (string, judge.Result) { return "no", judge.Result{} }))
	r, _ := judgeEcho(t, s, false)
	for _, test := range r.Tests {
		if shown := test.Feedback != ""; shown != test.Sample {
			t.Errorf("%s: feedback %q", test.Name, test.Feedback)
		}
	}
}

func TestDoubtfulRunsOnceMore(t *testing.T) {
	runs := map[string]int{}
	s := running(program(func(in string) (string, judge.Result) {
		runs[in]++
		if in == "a" && runs[in] == 1 {
			return in, judge.Result{CPU: 1050 * time.Millisecond}
		}
		if in == "b" {
			return in, judge.Result{CPU: 1050 * time.Millisecond}
		}
		return in, judge.Result{}
	}))
	r, _ := judgeEcho(t, s, true)
	if d := cmp.Diff([]judge.Verdict{judge.AC, judge.AC, judge.TLE}, verdicts(r)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(map[string]int{"s1": 1, "a": 2, "b": 2}, runs); d != "" {
		t.Error(d)
	}
}

func TestJudgeFailureIsTriedOnceMore(t *testing.T) {
	failures := 1
	s := &judgetest.Sandbox{OnBuild: failing([]error{errors.New("engine hiccup"), nil})}
	inner := program(func(in string) (string, judge.Result) { return in, judge.Result{} })
	s.OnRun = func(_ judge.Artifact, r judge.Run, l judge.Limits) (judge.Result, error) {
		if failures > 0 {
			failures--
			return judge.Result{}, errors.New("box gone")
		}
		return inner(r, l)
	}
	if r, _ := judgeEcho(t, s, true); r.Verdict != judge.AC || s.Count().Opened != 2 {
		t.Errorf("verdict %s with %d boxes", r.Verdict, s.Count().Opened)
	}

	s = running(func(judge.Run, judge.Limits) (judge.Result, error) {
		return judge.Result{}, errors.New("box gone")
	})
	j := judging.New(judging.Config{Sandbox: s, Problems: echo(true)})
	_, err := j.Judge(t.Context(), judge.Submission{Problem: "echo", Language: judge.Go}, func(judge.Event) {})
	if err == nil || s.Kept() {
		t.Errorf("a judge that keeps failing gave %v; %+v", err, s.Count())
	}
}

func TestCompileErrorIsAVerdict(t *testing.T) {
	s := &judgetest.Sandbox{OnBuild: func(judge.Source) (judge.Build, error) { return judge.Build{Output: "main.go:1:1: no"}, nil }}
	j := judging.New(judging.Config{Sandbox: s, Problems: echo(true)})
	r, err := j.Judge(t.Context(), judge.Submission{Problem: "echo", Language: judge.Go}, func(judge.Event) {})
	if err != nil || r.Verdict != judge.CE || r.Compile.Output != "main.go:1:1: no" || s.Count().Opened != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestCustomRunKeepsBytes(t *testing.T) {
	s := running(program(func(string) (string, judge.Result) {
		return "\xff\x00", judge.Result{ExitCode: 1, Stderr: []byte("oh")}
	}))
	j := judging.New(judging.Config{Sandbox: s})
	r, err := j.Judge(t.Context(), judge.Submission{Kind: judge.KindRun, Language: judge.Python}, func(judge.Event) {})
	if err != nil {
		t.Fatal(err)
	}
	want := &judge.RunReport{Stdout: "/wA=", Stderr: "b2g=", Encoding: "base64", Reason: "exit code 1", Usage: judge.Usage{ExitCode: 1}}
	if d := cmp.Diff(want, r.Run); d != "" || r.Verdict != judge.RTE {
		t.Errorf("%s %s", r.Verdict, d)
	}
}

// A long output flows through the checker and is decided before it ends.
func TestLongOutputIsNotHeld(t *testing.T) {
	const chunk = 1 << 16
	s := &judgetest.Sandbox{}
	s.OnRun = func(_ judge.Artifact, run judge.Run, _ judge.Limits) (judge.Result, error) {
		wrong := strings.Repeat("x", chunk)
		var err error
		for range 64 {
			if _, err = io.WriteString(run.Stdout, wrong); err != nil {
				break
			}
		}
		if err == nil {
			t.Error("the checker never stopped reading an output that it had rejected")
		}
		return judge.Result{}, nil
	}
	c := echo(true)
	c["echo"].Groups[0].Checker = firstByteChecker{}
	j := judging.New(judging.Config{Sandbox: s, Problems: c})
	c["echo"].Groups = c["echo"].Groups[:1]
	r, err := j.Judge(t.Context(), judge.Submission{Problem: "echo", Language: judge.Go}, func(judge.Event) {})
	if err != nil || r.Verdict != judge.WA {
		t.Errorf("%s, %v", r.Verdict, err)
	}
}

// firstByteChecker rejects on the first byte that it reads.
type firstByteChecker struct{}

func (firstByteChecker) Check(output, _ io.Reader) (judge.Finding, error) {
	_, err := io.ReadFull(output, make([]byte, 1))
	return judge.Finding{Reason: "wrong from the start"}, err
}

// A client's own run may sleep for some seconds, however much processor time it
// asks for.
func TestOwnRunsDoNotSleepForLong(t *testing.T) {
	for cpu, want := range map[time.Duration]time.Duration{
		0:                      judge.DefaultCPU + 5*time.Second,
		100 * time.Millisecond: 1300 * time.Millisecond,
		judge.MaxCPU:           judge.MaxCPU + 5*time.Second,
	} {
		var got judge.Limits
		s := running(func(_ judge.Run, l judge.Limits) (judge.Result, error) {
			got = l
			return judge.Result{}, nil
		})
		j := judging.New(judging.Config{Sandbox: s})
		_, err := j.Judge(t.Context(), judge.Submission{Kind: judge.KindRun, Language: judge.Go, Limits: judge.Limits{CPU: cpu}}, func(judge.Event) {})
		if err != nil || got.Wall != want {
			t.Errorf("with %s of CPU: %s elapsed, %v; want %s", cpu, got.Wall, err, want)
		}
	}
}
