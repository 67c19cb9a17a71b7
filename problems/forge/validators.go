package forge

import (
	"context"
	"errors"
	"io"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// Validator is an input or output validator of a package, built and open in a
// box.
type Validator struct {
	box    judge.Box
	lang   judge.Language
	limits judge.Limits
}

// OpenValidator builds a validator and opens it in a box of a slot, to run under
// limits that fit the host. That it does not compile is an error for which
// [IsFault] is true.
func OpenValidator(ctx context.Context, slot judge.Slot, src judge.Source, limits judge.Limits) (*Validator, error) {
	box, err := open(ctx, slot, src, limits)
	if err != nil {
		return nil, err
	}
	return &Validator{box, src.Language, limits}, nil
}

// Close closes the box of the validator.
func (v *Validator) Close() error { return v.box.Close() }

// Run runs the validator once with data as its standard input. Nobody looks at
// what it prints. An error means that the judge failed, or that the data cannot
// be read.
func (v *Validator) Run(ctx context.Context, stdin judge.Data, r judge.Run) (judge.Result, error) {
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

// Differs says in a few words how the end of a run differs from what was wanted,
// [judge.ValidatorAccepts] or [judge.ValidatorRejects], or "" when it does not.
func (v *Validator) Differs(r judge.Result, want int) string {
	if verdict := judge.Classify(r, v.limits.WithAllowance(v.lang)); verdict != judge.AC && verdict != judge.RTE {
		return verdict.Name()
	}
	finding, err := judge.ValidatorFinding(r)
	switch {
	case err != nil:
		return err.Error()
	case (finding.Reason == "") == (want == judge.ValidatorAccepts):
		return ""
	case finding.Reason == "":
		return "accepted"
	}
	said := r.Stderr // where input validators say why
	if m := r.Collected[judge.JudgeMessage]; len(m) > 0 {
		said = m
	}
	return "refused: " + judge.LastWords(said)
}

// valid runs the input validators on an input, so that no test is pinned that
// the package itself would refuse.
func (f *Forge) valid(ctx context.Context, slot judge.Slot, pkg *problems.Package, test string, input judge.Data) error {
	limits := pkg.Problem.Validation.Limits.Scaled(1)
	for _, prog := range pkg.InputValidators {
		v, err := OpenValidator(ctx, slot, prog.Source, limits)
		if IsFault(err) {
			return faultf("input validator %s %s", prog.Name, err)
		}
		if err != nil {
			return err
		}
		args := append(problems.FlagsFor(pkg.Tests[test].InputFlags, prog.Name), testArgs(pkg, test)...)
		res, err := v.Run(ctx, input, judge.Run{Args: args})
		if err := errors.Join(err, v.Close()); err != nil {
			return err
		}
		if why := v.Differs(res, judge.ValidatorAccepts); why != "" {
			return faultf("input validator %s: %s", prog.Name, why)
		}
	}
	return nil
}
