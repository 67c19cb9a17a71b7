package judging

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/docketjudge/docket/judge"
)

// runTests judges an artifact on a problem's tests, in order. A problem whose
// groups break on rejection is judged no further than the first test that is
// not accepted, and the verdict is that test's.
func (g *judging) runTests(ctx context.Context, a judge.Artifact, p *judge.Problem) error {
	lane := &lane{judging: g, problem: p, artifact: a, limits: p.LimitsFor(g.sub.Language).Scaled(g.report.HostFactor)}
	if g.sub.Kind == judge.KindRun {
		lane.shown = &kept{limit: maxShown}
	}
	defer lane.close()
	if err := lane.prepare(ctx); err != nil {
		return err
	}
	g.report.Verdict = judge.AC
	for i := range p.Groups {
		group := &p.Groups[i]
		for j := range group.Tests {
			t, err := lane.test(ctx, group, &group.Tests[j])
			if err != nil {
				return fmt.Errorf("test %s: %w", group.Tests[j].Name, err)
			}
			g.add(t, p.Disclosure)
			if t.Verdict != judge.AC && group.BreakOnReject {
				g.score()
				return nil
			}
		}
	}
	g.score()
	return nil
}

// add enters a test into the report. The first test that is not accepted
// gives the verdict. Hidden tests that must not be disclosed are counted and
// nothing else.
func (g *judging) add(t judge.TestReport, disclosure judge.Disclosure) {
	r := &g.report
	hidden := !t.Sample && disclosure == judge.DiscloseNone
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
	g.emit(judge.Event{Kind: judge.EventTest, Test: &t, Total: r.Summary.Total})
	g.steps.Store += since(begin)
}

func (g *judging) score() {
	if s := g.report.Summary; s.Total > 0 {
		g.report.Score = 100 * float64(s.Passed) / float64(s.Total)
	}
}

// lane is what the tests of one judging share: the box of the submission and,
// where the problem has one, that of its output validator.
type lane struct {
	*judging
	problem   *judge.Problem
	artifact  judge.Artifact
	limits    judge.Limits
	box       judge.Box
	validator *judge.Artifact
	vbox      judge.Box
	shown     *kept // of a client's own run: what the program printed
}

// prepare opens the boxes and compiles the problem's validator.
func (l *lane) prepare(ctx context.Context) error {
	if v := l.problem.Validation.Validator; v != nil {
		b, err := l.slot.Build(ctx, *v)
		if err != nil {
			return fmt.Errorf("output validator: %w", err)
		}
		if !b.OK {
			return fmt.Errorf("output validator does not compile: %s", b.Output)
		}
		l.validator = &b.Artifact
	}
	return l.open(ctx)
}

func (l *lane) open(ctx context.Context) (err error) {
	begin := time.Now()
	defer func() { l.steps.Box += since(begin) }()
	if l.box == nil {
		if l.box, err = l.slot.Open(ctx, l.artifact, l.limits); err != nil {
			return err
		}
	}
	if l.validator != nil && l.vbox == nil {
		if l.vbox, err = l.slot.Open(ctx, *l.validator, l.validatorLimits(l.problem)); err != nil {
			return fmt.Errorf("output validator: %w", err)
		}
	}
	return nil
}

func (l *lane) close() {
	for _, b := range []judge.Box{l.box, l.vbox} {
		if b != nil {
			if err := b.Close(); err != nil {
				l.judge.log.Warn("closing box", "submission", l.sub.ID, "err", err)
			}
		}
	}
	l.box, l.vbox = nil, nil
}

// test judges one test, once more in fresh boxes when the judge failed, and
// once more when its end may have been the host's doing.
func (l *lane) test(ctx context.Context, g *judge.Group, t *judge.Test) (judge.TestReport, error) {
	report, r, err := l.once(ctx, g, t)
	if err != nil {
		if final := l.again(ctx, err); final != nil {
			return judge.TestReport{}, final
		}
		l.judge.log.Warn("testing again in fresh boxes", "submission", l.sub.ID, "test", t.Name, "err", err)
		if report, r, err = l.afresh(ctx, g, t); err != nil {
			return judge.TestReport{}, err
		}
	}
	if report.Verdict == judge.WA || !l.limits.Doubtful(r) {
		return report, nil
	}
	again, _, err := l.afresh(ctx, g, t)
	if err != nil {
		if final := l.again(ctx, err); final != nil {
			return judge.TestReport{}, final
		}
		// The program ran once, and to some end.
		l.judge.log.Warn("a doubtful end stands", "submission", l.sub.ID, "test", t.Name, "err", err)
		return report, l.renew(ctx)
	}
	if again.Verdict != judge.TLE || again.CPUMillis < report.CPUMillis {
		report = again
	}
	return report, nil
}

// renew gives the judging fresh boxes.
func (l *lane) renew(ctx context.Context) error {
	l.close()
	return l.open(ctx)
}

// afresh is once in fresh boxes.
func (l *lane) afresh(ctx context.Context, g *judge.Group, t *judge.Test) (judge.TestReport, judge.Result, error) {
	if err := l.renew(ctx); err != nil {
		return judge.TestReport{}, judge.Result{}, err
	}
	return l.once(ctx, g, t)
}

// once runs one test and decides it.
func (l *lane) once(ctx context.Context, g *judge.Group, t *judge.Test) (judge.TestReport, judge.Result, error) {
	var (
		r       judge.Result
		finding judge.Finding
		err     error
	)
	switch {
	case l.problem.Validation.Interactive:
		r, finding, err = l.interact(ctx, g, t)
	case l.validator != nil:
		r, finding, err = l.validate(ctx, g, t)
	default:
		r, finding, err = l.compare(ctx, g, t)
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return judge.TestReport{}, r, err
	}
	report := judge.TestReport{Name: t.Name, Group: g.Name, Sample: t.Sample, Usage: judge.UsageOf(r)}
	report.Verdict = judge.Decide(r, finding, l.limits.For(l.sub.Language), l.problem.Validation.Interactive)
	if err := l.describe(&report, r, finding, t); err != nil {
		return judge.TestReport{}, r, err
	}
	if l.shown != nil && l.problem.Harness != nil {
		if err := l.listCases(&report, g, t, l.shown.b); err != nil {
			return judge.TestReport{}, r, err
		}
	}
	return report, r, nil
}

// validatorLimits are those of the problem's own programs on this host.
func (g *judging) validatorLimits(p *judge.Problem) judge.Limits {
	return p.Validation.Limits.Scaled(max(g.report.HostFactor, 1))
}

// openInput opens a test's input, whole when it is small so that it can travel
// with the request to run.
func openInput(t *judge.Test) (io.Reader, func() error, error) {
	f, err := t.Input.Open()
	if err != nil {
		return nil, nil, fmt.Errorf("opening input: %w", err)
	}
	if t.Input.Size > 32*judge.KiB {
		return judge.Sized(f, t.Input.Size), f.Close, nil
	}
	b, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, nil, fmt.Errorf("reading input: %w", err)
	}
	return bytes.NewReader(b), func() error { return nil }, nil
}

// execute runs the submission on a test.
func (l *lane) execute(ctx context.Context, t *judge.Test, out io.Writer) (judge.Result, error) {
	in, closeInput, err := openInput(t)
	if err != nil {
		return judge.Result{}, err
	}
	begin := time.Now()
	run := judge.Run{Args: t.Args, Stdin: in, Stdout: l.tee(out)}
	var r judge.Result
	if with := l.problem.Interactor; with != nil {
		r, err = Converse(ctx, l.box, run, l.limits, with)
	} else {
		r, err = l.box.Run(ctx, run, l.limits)
	}
	l.steps.Tests += since(begin)
	l.steps.Own += r.Wall.Microseconds()
	return r, errors.Join(err, closeInput())
}

// tee is where the output of a test goes: in a client's own run its
// beginning is kept as well, also of what comes after the checker has decided.
func (l *lane) tee(out io.Writer) io.Writer {
	if l.shown == nil {
		return out
	}
	l.shown.reset()
	return io.MultiWriter(l.shown, &drain{to: out})
}

// compare judges by the group's checker, which reads the output while the
// program still writes it.
func (l *lane) compare(ctx context.Context, g *judge.Group, t *judge.Test) (judge.Result, judge.Finding, error) {
	if n, err := l.passes(t); err != nil {
		return judge.Result{}, judge.Finding{}, err
	} else if n > 1 {
		return l.compareRelayed(ctx, g, t, n)
	}
	answer, err := t.Answer.Open()
	if err != nil {
		return judge.Result{}, judge.Finding{}, fmt.Errorf("opening answer: %w", err)
	}
	defer answer.Close() //nolint:errcheck // only read

	check := newStreamCheck(g.Checker, t, answer)
	r, err := l.execute(ctx, t, check)
	begin := time.Now()
	finding, cerr := check.finish()
	l.steps.Check += since(begin)
	if err := errors.Join(err, cerr); err != nil {
		return r, judge.Finding{}, err
	}
	return r, finding, nil
}
