package problems

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// validatorFactors asks what the limits of a package's validators are multiplied
// by. Nobody may hold a slot meanwhile: measuring takes one.
func validatorFactors(ctx context.Context, pkg *Package, p *judge.Problem, factor judge.HostFactor) (map[judge.Language]float64, error) {
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
func verifyData(ctx context.Context, sb judge.Sandbox, pkg *Package, p *judge.Problem, factors map[judge.Language]float64) ([]Check, error) {
	slot, err := sb.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer slot.Release()
	v := &dataVerifier{slot: slot, pkg: pkg, p: p, factors: factors, refused: map[string]bool{}}
	for _, prog := range pkg.InputValidators {
		if err := v.inputs(ctx, prog); err != nil {
			return nil, fmt.Errorf("input validator %s: %w", prog.Name, err)
		}
	}
	if len(pkg.InputValidators) > 0 {
		for _, in := range pkg.InvalidInputs {
			c := Check{Name: in.Name + " is refused"}
			if !v.refused[in.Name] {
				c.Reason = "every input validator accepts it"
			}
			v.checks = append(v.checks, c)
		}
	}
	if p.Validation.Validator != nil {
		if err := v.outputs(ctx); err != nil {
			return nil, fmt.Errorf("output validator: %w", err)
		}
	}
	return v.checks, nil
}

type dataVerifier struct {
	slot    judge.Slot
	pkg     *Package
	p       *judge.Problem
	lang    judge.Language             // of the validator that is open
	factors map[judge.Language]float64 // what limits are multiplied by; 1 where there is none
	checks  []Check
	refused map[string]bool // invalid inputs that some validator refused
}

// open builds a validator. One that does not compile is a finding.
func (v *dataVerifier) open(ctx context.Context, name string, src judge.Source) (judge.Box, error) {
	v.lang = src.Language
	build, err := v.slot.Build(ctx, src)
	if err != nil {
		return nil, err
	}
	if !build.OK {
		v.checks = append(v.checks, Check{Name: name, Reason: "does not compile: " + tail([]byte(build.Output))})
		return nil, nil
	}
	return v.slot.Open(ctx, build.Artifact, v.limits())
}

func (v *dataVerifier) limits() judge.Limits {
	return v.p.Validation.Limits.Scaled(max(v.factors[v.lang], 1))
}

// verdict classifies a validator's run.
func (v *dataVerifier) verdict(r judge.Result) judge.Verdict {
	return judge.Classify(r, v.limits().For(v.lang))
}

// inputs runs one input validator over all inputs, valid and not.
func (v *dataVerifier) inputs(ctx context.Context, prog Program) error {
	name := "input validator " + prog.Name
	box, err := v.open(ctx, name, prog.Source)
	if box == nil {
		return err
	}
	defer func() { _ = box.Close() }()
	for _, g := range v.p.Groups {
		for _, t := range g.Tests {
			args := append(flagsFor(v.pkg.Tests[t.Name].InputFlags, prog.Name), t.Args...)
			res, err := v.run(ctx, box, t.Input, judge.Run{Args: args})
			if err != nil {
				return fmt.Errorf("test %s: %w", t.Name, err)
			}
			v.checks = append(v.checks, Check{Name: name + ": " + t.Name, Reason: v.answered(res, judge.ValidatorAccepts)})
		}
	}
	for _, in := range v.pkg.InvalidInputs {
		res, err := v.run(ctx, box, in.Input, judge.Run{Args: flagsFor(in.InputFlags, prog.Name)})
		if err != nil {
			return fmt.Errorf("%s: %w", in.Name, err)
		}
		if v.answered(res, judge.ValidatorRejects) == "" {
			v.refused[in.Name] = true
		} else if reason := v.answered(res, judge.ValidatorAccepts); reason != "" {
			v.checks = append(v.checks, Check{Name: name + ": " + in.Name, Reason: reason})
		}
	}
	return nil
}

// outputs puts the output validator to the proof.
func (v *dataVerifier) outputs(ctx context.Context) error {
	const name = "output validator"
	box, err := v.open(ctx, name, *v.p.Validation.Validator)
	if box == nil {
		return err
	}
	defer func() { _ = box.Close() }()
	if !v.p.Validation.Interactive {
		if err := v.answers(ctx, box, name); err != nil {
			return err
		}
	}
	return v.hostile(ctx, box, name)
}

// answers gives every answer to the output validator as if it were printed.
// An answer file that is not an output at all is the author's right, so only
// a validator that fails is a surprise in secret tests; samples, which people
// see, must be accepted.
func (v *dataVerifier) answers(ctx context.Context, box judge.Box, name string) error {
	for _, g := range v.p.Groups {
		for _, t := range g.Tests {
			res, err := v.run(ctx, box, t.Answer, judge.ValidatorRun(t.Input, t.Answer, g.Flags))
			if err != nil {
				return fmt.Errorf("test %s: %w", t.Name, err)
			}
			c := Check{Name: name + ": answer of " + t.Name, Reason: v.answered(res, judge.ValidatorAccepts)}
			if !t.Sample && v.answered(res, judge.ValidatorRejects) == "" {
				c.Reason = ""
			}
			v.checks = append(v.checks, c)
		}
	}
	return nil
}

func (v *dataVerifier) run(ctx context.Context, box judge.Box, stdin judge.Data, r judge.Run) (judge.Result, error) {
	in, err := stdin.Open()
	if err != nil {
		return judge.Result{}, err
	}
	defer func() { _ = in.Close() }()
	// A validator may stop reading early; its standard input is then ours to
	// close, not an error.
	r.Stdin = in
	r.Stdout = io.Discard
	return box.Run(ctx, r, v.limits())
}

// answered says how a validator's end differs from the exit code that was
// wanted, or "".
func (v *dataVerifier) answered(r judge.Result, want int) string {
	switch verdict := v.verdict(r); {
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

// flagsFor are the arguments of an input validator, which is named with or
// without its ending.
func flagsFor(by map[string][]string, validator string) []string {
	base, _, _ := strings.Cut(validator, ".")
	for _, key := range []string{validator, base, ""} {
		if flags, ok := by[key]; ok {
			return append([]string(nil), flags...)
		}
	}
	return nil
}
