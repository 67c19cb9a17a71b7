package problems

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/docketjudge/docket/judge"
)

// validator is an input or output validator of a package, built and open in a
// box.
type validator struct {
	box    judge.Box
	lang   judge.Language
	limits judge.Limits
}

// openValidator builds a validator and opens it in a box of a slot, to run under
// limits that fit the host. That it does not compile is a fault; see isFault.
func openValidator(ctx context.Context, slot judge.Slot, src judge.Source, limits judge.Limits) (*validator, error) {
	box, err := openProgram(ctx, slot, src, limits)
	if err != nil {
		return nil, err
	}
	return &validator{box, src.Language, limits}, nil
}

// close closes the box.
func (v *validator) close() error { return v.box.Close() }

// run runs the validator once with data as its standard input. What it prints
// is not looked at.
func (v *validator) run(ctx context.Context, stdin judge.Data, r judge.Run) (judge.Result, error) {
	in, err := stdin.Open()
	if err != nil {
		return judge.Result{}, err
	}
	defer func() { _ = in.Close() }()
	// A validator may stop reading early; its standard input is then ours to
	// close, not an error.
	r.Stdin = in
	r.Stdout = io.Discard
	return v.box.Run(ctx, r, v.limits)
}

// answered says how a validator's end differs from the exit code that was
// wanted, or "".
func (v *validator) answered(r judge.Result, want int) string {
	switch verdict := judge.Classify(r, v.limits.For(v.lang)); {
	case verdict != judge.AC && verdict != judge.RTE:
		return verdict.Name()
	case r.Signal != 0:
		return fmt.Sprintf("ended by signal %d: %s", r.Signal, tail(r.Stderr))
	case r.ExitCode == want:
		return ""
	case r.ExitCode == judge.ValidatorAccepts:
		return "accepted"
	case r.ExitCode == judge.ValidatorRejects:
		said := r.Stderr
		if m := r.Collected[judge.JudgeMessage]; len(m) > 0 {
			said = m
		}
		return "refused: " + tail(said)
	}
	return fmt.Sprintf("ended with exit code %d, neither 42 nor 43: %s", r.ExitCode, tail(r.Stderr))
}

// valid runs the input validators on an input, so that no test is pinned that
// the package itself would refuse.
func (f *Forge) valid(ctx context.Context, slot judge.Slot, pkg *Package, test string, input judge.Data) error {
	limits := pkg.Problem.Validation.Limits.Scaled(1)
	for _, prog := range pkg.InputValidators {
		v, err := openValidator(ctx, slot, prog.Source, limits)
		if isFault(err) {
			return faultf("input validator %s %s", prog.Name, err)
		}
		if err != nil {
			return err
		}
		args := append(flagsFor(pkg.Tests[test].InputFlags, prog.Name), testArgs(pkg, test)...)
		res, err := v.run(ctx, input, judge.Run{Args: args})
		if err := errors.Join(err, v.close()); err != nil {
			return err
		}
		if why := v.answered(res, judge.ValidatorAccepts); why != "" {
			return faultf("input validator %s: %s", prog.Name, why)
		}
	}
	return nil
}
