package workshop

import (
	"context"
	"fmt"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
)

// validatorFactors asks what the limits of a package's validators are multiplied
// by. Nobody may hold a slot meanwhile: measuring takes one.
func validatorFactors(ctx context.Context, pkg *problems.Package, p *judge.Problem, factor judge.HostFactor) (map[judge.Language]float64, error) {
	all := map[judge.Language]float64{}
	if factor == nil {
		return all, nil
	}
	var languages []judge.Language
	for _, prog := range pkg.InputValidators {
		languages = append(languages, prog.Source.Language)
	}
	if v := p.Validation.Validator; v != nil {
		languages = append(languages, v.Language)
	}
	for _, l := range languages {
		f, err := factor(ctx, l)
		if err != nil {
			return nil, err
		}
		all[l] = f
	}
	return all, nil
}

// verifyData runs the input validators over every input, and a problem's own
// output validator over the answers, which it must accept as outputs, and over
// outputs that are meant to break it.
func verifyData(ctx context.Context, sb judge.Sandbox, pkg *problems.Package, p *judge.Problem, factors map[judge.Language]float64) ([]problems.Check, error) {
	slot, err := sb.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer slot.Release()
	d := &validatorRun{slot: slot, pkg: pkg, p: p, factors: factors, refused: map[string]bool{}, failed: map[string]bool{}}
	for _, prog := range pkg.InputValidators {
		if err := d.inputs(ctx, prog); err != nil {
			return nil, fmt.Errorf("input validator %s: %w", prog.Name, err)
		}
	}
	if len(pkg.InputValidators) > 0 {
		for _, in := range pkg.InvalidInputs {
			c := problems.Check{Name: in.Name + " is refused"}
			switch {
			case d.refused[in.Name]:
			case d.failed[in.Name]:
				c.Reason = "no input validator refuses it, and some fail at it"
			default:
				c.Reason = "every input validator accepts it"
			}
			d.checks = append(d.checks, c)
		}
	}
	if p.Validation.Validator != nil {
		if err := d.outputs(ctx); err != nil {
			return nil, fmt.Errorf("output validator: %w", err)
		}
	}
	return d.checks, nil
}

// validatorRun is one run of verifyData.
type validatorRun struct {
	slot    judge.Slot
	pkg     *problems.Package
	p       *judge.Problem
	factors map[judge.Language]float64 // what limits are multiplied by; 1 where there is none
	checks  []problems.Check
	refused map[string]bool // invalid inputs that some validator refused
	failed  map[string]bool // invalid inputs at which some validator failed
}

// open builds a validator. One that does not compile is a finding.
func (d *validatorRun) open(ctx context.Context, name string, src judge.Source) (*forge.Validator, error) {
	limits := d.p.Validation.Limits.Scaled(max(d.factors[src.Language], 1))
	v, err := forge.OpenValidator(ctx, d.slot, src, limits)
	if forge.IsFault(err) {
		d.checks = append(d.checks, problems.Check{Name: name, Reason: err.Error()})
		return nil, nil
	}
	return v, err
}

// inputs runs one input validator over all inputs, valid and not.
func (d *validatorRun) inputs(ctx context.Context, prog problems.Program) error {
	name := "input validator " + prog.Name
	v, err := d.open(ctx, name, prog.Source)
	if v == nil {
		return err
	}
	defer func() { _ = v.Close() }()
	for _, g := range d.p.Groups {
		for _, t := range g.Tests {
			args := append(problems.FlagsFor(d.pkg.Tests[t.Name].InputFlags, prog.Name), t.Args...)
			res, err := v.Run(ctx, t.Input, judge.Run{Args: args})
			if err != nil {
				return fmt.Errorf("test %s: %w", t.Name, err)
			}
			d.checks = append(d.checks, problems.Check{Name: name + ": " + t.Name, Reason: v.Differs(res, judge.ValidatorAccepts)})
		}
	}
	for _, in := range d.pkg.InvalidInputs {
		res, err := v.Run(ctx, in.Input, judge.Run{Args: problems.FlagsFor(in.InputFlags, prog.Name)})
		if err != nil {
			return fmt.Errorf("%s: %w", in.Name, err)
		}
		if v.Differs(res, judge.ValidatorRejects) == "" {
			d.refused[in.Name] = true
		} else if reason := v.Differs(res, judge.ValidatorAccepts); reason != "" {
			d.failed[in.Name] = true
			d.checks = append(d.checks, problems.Check{Name: name + ": " + in.Name, Reason: reason})
		}
	}
	return nil
}

// outputs puts the output validator to the proof.
func (d *validatorRun) outputs(ctx context.Context) error {
	const name = "output validator"
	v, err := d.open(ctx, name, *d.p.Validation.Validator)
	if v == nil {
		return err
	}
	defer func() { _ = v.Close() }()
	if !d.p.Validation.Interactive {
		if err := d.answers(ctx, v, name); err != nil {
			return err
		}
	}
	return d.hostile(ctx, v, name)
}

// answers gives every answer to the output validator as if it were printed.
// An answer file that is not an output at all is the author's right, so only
// a validator that fails is a surprise in secret tests; samples, which people
// see, must be accepted.
func (d *validatorRun) answers(ctx context.Context, v *forge.Validator, name string) error {
	for _, g := range d.p.Groups {
		for _, t := range g.Tests {
			res, err := v.Run(ctx, t.Answer, judge.ValidatorRun(t.Input, t.Answer, g.Flags))
			if err != nil {
				return fmt.Errorf("test %s: %w", t.Name, err)
			}
			c := problems.Check{Name: name + ": answer of " + t.Name, Reason: v.Differs(res, judge.ValidatorAccepts)}
			if !t.Sample && v.Differs(res, judge.ValidatorRejects) == "" {
				c.Reason = ""
			}
			d.checks = append(d.checks, c)
		}
	}
	return nil
}
