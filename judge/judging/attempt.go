package judging

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/docketjudge/docket/judge"
)

// attempt is one attempt at one submission.
type attempt struct {
	judge  *Judge
	sub    judge.Submission
	emit   func(judge.Event)
	slot   judge.Slot
	report judge.Report
	steps  judge.Steps
}

func (a *attempt) run(ctx context.Context, problem *judge.Problem) error {
	src := judge.Source{Language: a.sub.Language, Files: a.sub.Files}
	if problem != nil && problem.Harness != nil {
		var err error
		if src, err = problem.Harness.Source(a.sub.Language, a.sub.Files); judge.CodeOf(err) == judge.CodeInvalid {
			a.refuse(err)
			return nil
		} else if err != nil {
			return err
		}
	}
	build, err := a.build(ctx, src)
	if err != nil {
		return err
	}
	if !build.OK {
		a.report.Verdict = judge.CE
		return nil
	}
	if problem == nil {
		return a.runCustom(ctx, build.Artifact)
	}
	if a.sub.Kind == judge.KindRun {
		return a.runProblem(ctx, build.Artifact, problem)
	}
	return a.try(ctx, build.Artifact, problem)
}

// refuse reports sources that cannot be built at all as a compiler would.
func (a *attempt) refuse(why error) {
	words := why.Error()
	var e *judge.Error
	if errors.As(why, &e) {
		words = e.Message
	}
	a.report.Verdict = judge.CE
	a.report.Compile = &judge.CompileReport{Output: words}
	a.emit(judge.Event{Kind: judge.EventCompiled, Compile: a.report.Compile})
}

// build compiles the sources, once more when the judge itself failed.
func (a *attempt) build(ctx context.Context, src judge.Source) (judge.Build, error) {
	begin := time.Now()
	build, err := a.slot.Build(ctx, src)
	if err != nil {
		if final := a.again(ctx, err); final != nil {
			return judge.Build{}, final
		}
		a.judge.log.Warn("building again", "submission", a.sub.ID, "err", err)
		if build, err = a.slot.Build(ctx, src); err != nil {
			return judge.Build{}, err
		}
	}
	a.steps.Build = since(begin)
	a.report.Compile = &judge.CompileReport{
		OK: build.OK, Output: build.Output, Millis: build.Took.Milliseconds(), Cached: build.Cached,
	}
	a.report.Timing.CompileMillis = build.Took.Milliseconds()
	a.emit(judge.Event{Kind: judge.EventCompiled, Compile: a.report.Compile})
	return build, nil
}

// maxShown is how much of a custom run's output is returned.
const maxShown = 256 * judge.KiB

// runCustom runs a program on the client's own input.
func (a *attempt) runCustom(ctx context.Context, artifact judge.Artifact) error {
	limits := a.sub.Limits.Attended()
	out := &head{limit: maxShown}
	r, err := a.inBox(ctx, artifact, limits, func(box judge.Box) (judge.Result, error) {
		out.reset()
		return box.Run(ctx, judge.Run{Stdin: strings.NewReader(a.sub.Stdin), Stdout: out}, limits)
	})
	if err != nil {
		return err
	}
	allowed := limits.WithAllowance(a.sub.Language)
	a.report.Limits = &allowed
	a.report.Verdict = judge.Classify(r, allowed)
	usage := judge.UsageOf(r)
	run := &judge.RunReport{
		Stdout: string(out.b), Stderr: string(r.Stderr), Encoding: "utf-8",
		StdoutTruncated: out.cut || r.Stopped == judge.StoppedForOutput, StderrTruncated: r.StderrTruncated, Usage: usage,
		Reason: a.reason(a.report.Verdict, r, limits),
	}
	if !utf8.Valid(out.b) || !utf8.Valid(r.Stderr) {
		run.Encoding = "base64"
		run.Stdout = base64.StdEncoding.EncodeToString(out.b)
		run.Stderr = base64.StdEncoding.EncodeToString(r.Stderr)
	}
	a.report.Run = run
	a.report.Summary = judge.Summary{
		CPUMillisMax: usage.CPUMillis, CPUMillisTotal: usage.CPUMillis, MemoryKiBMax: usage.MemoryKiB,
	}
	return nil
}

// inBox opens a box for run, and calls run once more in a fresh box when the
// judge failed.
func (a *attempt) inBox(ctx context.Context, artifact judge.Artifact, l judge.Limits, run func(judge.Box) (judge.Result, error)) (judge.Result, error) {
	for try := 0; ; try++ {
		r, err := func() (judge.Result, error) {
			begin := time.Now()
			box, err := a.slot.Open(ctx, artifact, l)
			if err != nil {
				return judge.Result{}, err
			}
			a.steps.Box += since(begin)
			begin = time.Now()
			r, err := run(box)
			a.steps.Tests += since(begin)
			return r, errors.Join(err, box.Close())
		}()
		if err == nil {
			err = ctx.Err()
		}
		if err == nil || try > 0 {
			return r, err
		}
		if final := a.again(ctx, err); final != nil {
			return r, final
		}
		a.judge.log.Warn("running again in a fresh box", "submission", a.sub.ID, "err", err)
	}
}

func since(t time.Time) int64 { return time.Since(t).Microseconds() }

// add enters a test into the report. The first test that is not accepted
// gives the verdict. Hidden tests that must not be disclosed are counted and
// nothing else.
func (a *attempt) add(t judge.TestReport, disclosure judge.Disclosure) {
	r := &a.report
	hidden := !disclosure.Shows(judge.DiscloseVerdict)
	if !hidden {
		r.Tests = append(r.Tests, t)
	}
	if t.Verdict == judge.AC {
		r.Summary.Passed++
	} else if r.Verdict == judge.AC {
		r.Verdict = t.Verdict
	}
	r.Summary.CPUMillisTotal += t.CPUMillis
	r.Summary.CPUMillisMax = max(r.Summary.CPUMillisMax, t.CPUMillis)
	r.Summary.MemoryKiBMax = max(r.Summary.MemoryKiBMax, t.MemoryKiB)
	if hidden {
		return
	}
	begin := time.Now()
	a.emit(judge.Event{Kind: judge.EventTest, Test: &t, Total: r.Summary.Total})
	a.steps.Store += since(begin)
}

func (a *attempt) score() {
	if s := a.report.Summary; s.Total > 0 {
		a.report.Score = 100 * float64(s.Passed) / float64(s.Total)
	}
}
