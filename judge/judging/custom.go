package judging

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// referenceLimits are generous: the reference answers cases that nobody has
// timed.
var referenceLimits = judge.Limits{CPU: judge.MaxCPU / 2, Wall: judge.MaxCPU, Memory: 1 * judge.GiB, Output: judge.DefaultOutput}

// rejectedError is why a client's cases are not judged.
type rejectedError struct{ reason string }

func (e *rejectedError) Error() string { return e.reason }

// customTest makes a test of a client's own cases: the problem's validators
// accept the input, and the reference answers it.
func (a *attempt) customTest(ctx context.Context, p *judge.Problem) (judge.Test, error) {
	input, err := p.Harness.Input(a.sub.Cases)
	if judge.CodeOf(err) == judge.CodeRejected {
		return judge.Test{}, &rejectedError{err.Error()}
	}
	if err != nil {
		return judge.Test{}, err
	}
	t := judge.Test{Name: "custom", Sample: true, Input: held(input)}
	for _, v := range p.InputValidators {
		r, err := a.runTool(ctx, v.Source, a.validatorLimits(p), judge.Run{Args: v.Args, Stdin: bytes.NewReader(input)}, nil)
		if err != nil {
			return t, fmt.Errorf("input validator: %w", err)
		}
		f, err := judge.ValidatorFinding(r)
		if err != nil {
			return t, fmt.Errorf("input validator %w", err)
		}
		if f.Reason != "" {
			return t, &rejectedError{clip(strings.TrimSpace(printableText(string(r.Stderr))), int(maxLastLines))}
		}
	}
	src, err := p.Harness.Source(p.Reference.Language, p.Reference.Files)
	if err != nil {
		return t, fmt.Errorf("reference: %w", err)
	}
	answer := &head{limit: referenceLimits.Output}
	r, err := a.runTool(ctx, src, referenceLimits, judge.Run{Stdin: bytes.NewReader(input), Stdout: answer}, p.Interactor)
	if err != nil {
		return t, fmt.Errorf("reference: %w", err)
	}
	if v := judge.Classify(r, referenceLimits.WithAllowance(src.Language)); v != judge.AC {
		return t, &rejectedError{"the reference solution cannot answer them: " + v.Name()}
	}
	t.Answer = held(answer.b)
	return t, nil
}

// runTool builds and runs a program of the problem.
func (a *attempt) runTool(ctx context.Context, src judge.Source, l judge.Limits, run judge.Run, with judge.Interactor) (judge.Result, error) {
	build, err := a.slot.Build(ctx, src)
	if err != nil {
		return judge.Result{}, err
	}
	if !build.OK {
		return judge.Result{}, fmt.Errorf("does not compile: %s", build.Output)
	}
	box, err := a.slot.Open(ctx, build.Artifact, l)
	if err != nil {
		return judge.Result{}, err
	}
	r, err := Run(ctx, box, run, l, with)
	return r, errors.Join(err, box.Close())
}

// testsFor counts the tests that a submission is judged on.
func testsFor(p *judge.Problem, sub judge.Submission) int {
	if sub.Kind != judge.KindRun {
		return p.Tests()
	}
	if len(sub.Cases) > 0 {
		return 1
	}
	n := 0
	for _, g := range p.Groups {
		if g.Sample {
			n += len(g.Tests)
		}
	}
	return n
}

// runProblem judges a client's run of a problem: its samples, or the client's
// own cases.
func (a *attempt) runProblem(ctx context.Context, artifact judge.Artifact, p *judge.Problem) error {
	own := *p
	own.Groups = nil
	for _, group := range p.Groups {
		if group.Sample {
			group.BreakOnReject = false // a run is for looking
			own.Groups = append(own.Groups, group)
		}
	}
	if len(a.sub.Cases) > 0 {
		t, err := a.customTest(ctx, p)
		var rejected *rejectedError
		if errors.As(err, &rejected) {
			a.report.Rejected = err.Error()
			return nil
		}
		if err != nil {
			return fmt.Errorf("custom cases: %w", err)
		}
		group := judge.Group{Name: t.Name, Sample: true, Tests: []judge.Test{t}}
		if len(p.Groups) > 0 {
			group.Checker, group.Flags = p.Groups[0].Checker, p.Groups[0].Flags
		}
		own.Groups = []judge.Group{group}
	}
	return a.try(ctx, artifact, &own)
}
