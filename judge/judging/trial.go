package judging

import (
	"context"
	"fmt"
	"time"

	"github.com/docketjudge/docket/judge"
)

// trial judges an artifact on tests. Every test takes the same way, in [trial.once]:
//
//	produce       the program runs, and its output goes to a decider
//	decide        the decider finds what is wrong with the output
//	judge.Decide  makes the verdict from the run's end and from the finding
//	show          enters into the report what the problem's disclosure allows
type trial struct {
	*attempt
	problem   *judge.Problem
	artifact  judge.Artifact
	limits    judge.Limits // on this host
	validator *judge.Artifact
	box       judge.Box // of the program
	vbox      judge.Box // of the output validator, where the problem has one
	printed   *head     // of a client's own run: what the program printed
}

// try judges an artifact on a problem's tests, in order. A problem whose groups
// break on rejection is judged no further than the first test that is not
// accepted, and the verdict is that test's.
func (a *attempt) try(ctx context.Context, artifact judge.Artifact, p *judge.Problem) error {
	t := &trial{attempt: a, problem: p, artifact: artifact, limits: p.LimitsFor(a.sub.Language).Scaled(a.report.HostFactor)}
	allowed := t.allowed()
	a.report.Limits = &allowed
	if a.sub.Kind == judge.KindRun {
		t.printed = &head{limit: maxShown}
	}
	defer t.close()
	if err := t.prepare(ctx); err != nil {
		return err
	}
	a.report.Verdict = judge.AC
	for i := range p.Groups {
		group := &p.Groups[i]
		for j := range group.Tests {
			report, err := t.test(ctx, group, &group.Tests[j])
			if err != nil {
				return fmt.Errorf("test %s: %w", group.Tests[j].Name, err)
			}
			a.add(report, p.DisclosureOf(&group.Tests[j]))
			if report.Verdict != judge.AC && group.BreakOnReject {
				a.score()
				return nil
			}
		}
	}
	a.score()
	return nil
}

// prepare compiles the problem's output validator and opens the boxes.
func (t *trial) prepare(ctx context.Context) error {
	if v := t.problem.Validation.Validator; v != nil {
		b, err := t.slot.Build(ctx, *v)
		if err != nil {
			return fmt.Errorf("output validator: %w", err)
		}
		if !b.OK {
			return fmt.Errorf("output validator does not compile: %s", b.Output)
		}
		t.validator = &b.Artifact
	}
	return t.open(ctx)
}

func (t *trial) open(ctx context.Context) (err error) {
	begin := time.Now()
	defer func() { t.steps.Box += since(begin) }()
	if t.box == nil {
		if t.box, err = t.slot.Open(ctx, t.artifact, t.limits); err != nil {
			return err
		}
	}
	if t.validator != nil && t.vbox == nil {
		if t.vbox, err = t.slot.Open(ctx, *t.validator, t.validatorLimits(t.problem)); err != nil {
			return fmt.Errorf("output validator: %w", err)
		}
	}
	return nil
}

func (t *trial) close() {
	for _, b := range []judge.Box{t.box, t.vbox} {
		if b != nil {
			if err := b.Close(); err != nil {
				t.judge.log.Warn("closing box", "submission", t.sub.ID, "err", err)
			}
		}
	}
	t.box, t.vbox = nil, nil
}

// test judges one test, once more in fresh boxes when the judge failed, and
// once more when its end may have been the host's doing.
func (t *trial) test(ctx context.Context, g *judge.Group, test *judge.Test) (judge.TestReport, error) {
	report, r, err := t.once(ctx, g, test)
	if err != nil {
		if final := t.again(ctx, err); final != nil {
			return judge.TestReport{}, final
		}
		t.judge.log.Warn("testing again in fresh boxes", "submission", t.sub.ID, "test", test.Name, "err", err)
		if report, r, err = t.afresh(ctx, g, test); err != nil {
			return judge.TestReport{}, err
		}
	}
	if report.Verdict == judge.WA || !t.limits.Doubtful(r) {
		return report, nil
	}
	again, _, err := t.afresh(ctx, g, test)
	if err != nil {
		if final := t.again(ctx, err); final != nil {
			return judge.TestReport{}, final
		}
		// The program ran once, and to some end.
		t.judge.log.Warn("a doubtful end stands", "submission", t.sub.ID, "test", test.Name, "err", err)
		return report, t.renew(ctx)
	}
	if again.Verdict != judge.TLE || again.CPUMillis < report.CPUMillis {
		report = again
	}
	return report, nil
}

// renew gives the trial fresh boxes.
func (t *trial) renew(ctx context.Context) error {
	t.close()
	return t.open(ctx)
}

// afresh is once in fresh boxes.
func (t *trial) afresh(ctx context.Context, g *judge.Group, test *judge.Test) (judge.TestReport, judge.Result, error) {
	if err := t.renew(ctx); err != nil {
		return judge.TestReport{}, judge.Result{}, err
	}
	return t.once(ctx, g, test)
}

// once takes one test from the box to its verdict.
func (t *trial) once(ctx context.Context, g *judge.Group, test *judge.Test) (judge.TestReport, judge.Result, error) {
	d := t.decider(g, test)
	defer d.close()
	o, err := t.produce(ctx, g, test, d)
	if err != nil {
		return judge.TestReport{}, o.result, err
	}
	begin := time.Now()
	finding, err := d.decide(ctx, o)
	t.steps.Check += since(begin)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return judge.TestReport{}, o.result, err
	}
	verdict := judge.Decide(o.result, finding, t.allowed(), t.problem.Validation.Interactive)
	report, err := t.show(g, test, o.result, finding, verdict)
	return report, o.result, err
}

// allowed are the limits that a run is measured by: the problem's limits, plus the
// allowance of the language.
func (t *trial) allowed() judge.Limits { return t.limits.WithAllowance(t.sub.Language) }

// validatorLimits are the limits of the problem's validators on this host.
func (a *attempt) validatorLimits(p *judge.Problem) judge.Limits {
	return p.Validation.Limits.Scaled(max(a.report.HostFactor, 1))
}
