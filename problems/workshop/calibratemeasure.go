package workshop

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// CalibrateOptions say how a package is calibrated.
type CalibrateOptions struct {
	// Ratio measures once how many times as long as on the reference host a
	// language's programs take. The least of several answers counts. Required.
	Ratio func(context.Context, judge.Language) (float64, error)
	// Languages are those that are calibrated. Defaults to all.
	Languages []judge.Language
	// Runs is how often each submission is run. Defaults to 5.
	Runs int
	// Progress hears of every run, as it begins. Optional.
	Progress func(submission string, run int)
}

// Calibrate measures the accepted and the too-slow submissions of a package
// and finds the time limits that separate them. Submissions take turns, one at
// a time, so that they do not slow each other and a disturbed moment of the
// host hits one run of each at most. An error means that measuring failed.
func (b *Bench) Calibrate(ctx context.Context, pkg *problems.Package, opts CalibrateOptions) (Calibration, error) {
	err := b.check()
	if err == nil && opts.Ratio == nil {
		err = errors.New("a measure of the host is needed")
	}
	if err != nil {
		return Calibration{}, fmt.Errorf("calibrating %s: %w", pkg.Problem.Slug, err)
	}
	if opts.Runs <= 0 {
		opts.Runs = 5
	}
	if len(opts.Languages) == 0 {
		opts.Languages = judge.Languages()
	}
	if opts.Progress == nil {
		opts.Progress = func(string, int) {}
	}
	c := Calibration{Problem: pkg.Problem.Slug, Languages: []CalibratedLanguage{}, Warnings: pkg.Warnings}
	p, err := b.Forge.Problem(ctx, pkg)
	if err != nil {
		return c, fmt.Errorf("calibrating %s: %w", pkg.Problem.Slug, err)
	}
	for _, l := range opts.Languages {
		if !slices.Contains(p.Languages, l) {
			continue
		}
		m := &calibrateRun{bench: b, options: opts, problem: p, language: l}
		found, err := m.run(ctx, pkg.Submissions)
		if err != nil {
			return c, fmt.Errorf("calibrating %s in %s: %w", p.Slug, l.Name(), err)
		}
		c.Languages = append(c.Languages, found)
	}
	return c, nil
}

// calibrateRun is the calibration of one language.
type calibrateRun struct {
	bench    *Bench
	options  CalibrateOptions
	problem  *judge.Problem
	language judge.Language
	ratio    float64
}

// contender is a submission that is measured, with the times of its runs.
type contender struct {
	problems.Submission
	row  CalibrationRow
	took []time.Duration
	// tests are those that can be the slowest; nil means all.
	tests map[string]bool
}

func (m *calibrateRun) run(ctx context.Context, all []problems.Submission) (CalibratedLanguage, error) {
	present := m.problem.LimitsFor(m.language).CPU
	out := CalibratedLanguage{Language: m.language, PresentMillis: present.Milliseconds()}
	var accepted, slow []*contender
	for _, s := range all {
		switch {
		case s.Language != m.language:
		case strings.HasPrefix(s.Name, "accepted/"):
			accepted = append(accepted, &contender{Submission: s, row: CalibrationRow{Submission: s.Name}})
		case expectedSlow(s):
			slow = append(slow, &contender{Submission: s, row: CalibrationRow{Submission: s.Name, TooSlow: true}})
		}
	}
	if len(accepted) == 0 {
		out.decide()
		return out, nil
	}
	if err := m.rounds(ctx, accepted, judge.MaxCPU); err != nil {
		return out, err
	}
	slowest := present
	for _, c := range accepted {
		if c.row.Left != "" {
			slow = nil // nothing can come of it
		}
		// More than the limit that will be proposed, on this host.
		b := bounds{accepted: times(c.median(), 1/m.ratio)}
		slowest = max(slowest, b.candidates()[0])
	}
	// Too slow is what takes that much longer than any limit that may come of
	// this; how much longer is of no interest.
	if err := m.rounds(ctx, slow, times(slowest, tooSlowFactor*1.25*m.ratio)); err != nil {
		return out, err
	}
	out.Ratio = m.ratio
	for _, c := range append(accepted, slow...) {
		out.Rows = append(out.Rows, c.finish())
	}
	out.decide()
	return out, nil
}

// expectedSlow reports whether a submission claims to be too slow. Those that
// may be anything but accepted say nothing of it.
func expectedSlow(s problems.Submission) bool {
	return slices.ContainsFunc(s.Expect, func(e problems.Expectation) bool {
		return slices.Contains(e.Required, judge.TLE) && !slices.Contains(e.Required, judge.WA)
	})
}

// rounds lets every submission run once per round, and the host's own measure
// be taken in each.
func (m *calibrateRun) rounds(ctx context.Context, cs []*contender, stop time.Duration) error {
	for run := range m.options.Runs {
		ratio, err := m.options.Ratio(ctx, m.language)
		if err != nil {
			return err
		}
		if m.ratio == 0 || ratio < m.ratio {
			m.ratio = ratio
		}
		for _, c := range cs {
			if c.row.Left != "" || c.row.Stopped {
				continue
			}
			m.options.Progress(c.Name, run+1)
			if err := m.once(ctx, c, stop); err != nil {
				return fmt.Errorf("submission %s: %w", c.Name, err)
			}
		}
	}
	return nil
}

// once runs a submission on the tests that matter, stopped at a processor
// time.
func (m *calibrateRun) once(ctx context.Context, c *contender, stop time.Duration) error {
	rep, err := m.bench.judge(m.timed(c, stop), nil).Judge(ctx, judge.Submission{
		ID: judge.SubmissionID(c.Name), Kind: judge.KindSubmission, Problem: m.problem.Slug, Language: c.Language, Files: c.Files, Queue: judge.Batch,
	}, func(judge.Event) {})
	if err != nil {
		return err
	}
	var most judge.TestReport
	for _, t := range rep.Tests {
		if most.Name == "" || t.CPUMillis > most.CPUMillis {
			most = t
		}
	}
	took := time.Duration(most.CPUMillis) * time.Millisecond
	switch {
	case rep.Verdict == judge.TLE && took < stop:
		c.row.Left = "is stopped for elapsed time, of which it takes more than of processor time"
	case rep.Verdict == judge.TLE && !c.row.TooSlow:
		c.row.Left = fmt.Sprintf("takes more than %s", stop)
	case rep.Verdict == judge.TLE:
		// Where it was stopped depends on nothing but the limit.
		c.row.Stopped, took = true, stop
	case rep.Verdict != judge.AC:
		c.row.Left = fmt.Sprintf("ends with %s on %s; docket problems verify tells more", rep.Verdict, failedTest(rep))
	}
	if c.row.Left != "" {
		return nil
	}
	c.took = append(c.took, took)
	if len(c.took) == 1 || took >= slices.Max(c.took) {
		c.row.Test = most.Name
	}
	if c.tests == nil {
		// What takes less than half of the slowest test's time will not take
		// more than it the next time.
		c.tests = map[string]bool{}
		for _, t := range rep.Tests {
			if 2*t.CPUMillis >= most.CPUMillis {
				c.tests[t.Name] = true
			}
		}
	}
	return nil
}

func failedTest(r judge.Report) string {
	for _, t := range r.Tests {
		if t.Verdict != judge.AC {
			return t.Name
		}
	}
	return "no test"
}

// timed is the problem with another time limit and the tests that matter, the
// largest first: a submission that is too slow will be so there.
func (m *calibrateRun) timed(c *contender, stop time.Duration) *judge.Problem {
	p := *m.problem
	limits := p.LimitsFor(m.language)
	// Nothing but a sleeper meets the wall limit, on a crowded host either.
	limits.CPU, limits.Wall = stop, 10*stop+10*time.Second
	p.LanguageLimits = map[judge.Language]judge.Limits{m.language: limits}
	p.Groups = nil
	for _, g := range m.problem.Groups {
		for _, t := range g.Tests {
			if c.tests != nil && !c.tests[t.Name] {
				continue
			}
			one := g
			one.Tests, one.BreakOnReject = []judge.Test{t}, true
			p.Groups = append(p.Groups, one)
		}
	}
	slices.SortStableFunc(p.Groups, func(a, b judge.Group) int {
		return int(b.Tests[0].Input.Size - a.Tests[0].Input.Size)
	})
	return &p
}

func (c *contender) median() time.Duration {
	if len(c.took) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(c.took))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

// finish is the row with the times of the runs.
func (c *contender) finish() CalibrationRow {
	r := c.row
	r.Runs = len(c.took)
	if r.Runs > 0 {
		r.LeastMillis = inMillis(slices.Min(c.took))
		r.MedianMillis = inMillis(c.median())
		r.MostMillis = inMillis(slices.Max(c.took))
	}
	return r
}

func inMillis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
