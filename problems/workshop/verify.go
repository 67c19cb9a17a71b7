package workshop

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
)

// VerifyOptions say how a package is verified.
type VerifyOptions struct {
	// Only selects submissions whose name contains it. Empty selects all.
	Only string
	// Done hears of every finished submission, from several goroutines.
	Done func(VerifyRow)
}

// Verify judges every submission of a package and compares what came of it
// with what the package expects, runs the input validators over all inputs,
// and checks what solvers see: the samples, and the starter code of a function
// problem, which must compile and must not be a solution already. Submissions
// are judged side by side, as many as the sandbox has slots. An error means
// that verifying failed, not that the package did.
func (b *Bench) Verify(ctx context.Context, pkg *problems.Package, opts VerifyOptions) (VerifyReport, error) {
	r := VerifyReport{Problem: pkg.Problem.Slug, Rows: []VerifyRow{}, Checks: []problems.Check{}, Warnings: pkg.Warnings}
	wrap := func(err error) error { return fmt.Errorf("verifying %s: %w", pkg.Problem.Slug, err) }
	if err := b.check(); err != nil {
		return r, wrap(err)
	}
	var wrong forge.DigestErrors
	p, err := b.Forge.Problem(ctx, pkg)
	switch {
	case errors.As(err, &wrong):
		// The tests cannot be had, so nothing else can be said.
		for _, d := range wrong {
			r.Checks = append(r.Checks, problems.Check{Name: "generated test " + d.Test, Reason: d.Error()})
		}
		return r, nil
	case err != nil:
		return r, wrap(err)
	}
	for _, g := range pkg.Generate {
		r.Checks = append(r.Checks, problems.Check{Name: "generated test " + g.Test})
	}
	v := &verifyRun{opts: opts, pkg: pkg, p: p, judge: b.judge(p, b.HostFactor)}
	factors, err := validatorFactors(ctx, pkg, p, b.HostFactor)
	if err != nil {
		return r, wrap(err)
	}
	g, ctx := errgroup.WithContext(ctx)
	v.submissions(ctx, g)
	v.starters(ctx, g)
	g.Go(func() (err error) {
		v.data, err = verifyData(ctx, b.Sandbox, pkg, p, factors)
		return err
	})
	if err := g.Wait(); err != nil {
		return r, wrap(err)
	}
	r.Rows = v.rows
	r.Checks = slices.Concat(r.Checks, v.data, v.starter, verifySamples(pkg))
	if p.Harness != nil {
		c := problems.Check{Name: "data/invalid_input"}
		if len(pkg.InvalidInputs) == 0 {
			c.Reason = "has no inputs: add some that the validators must refuse"
		}
		r.Checks = append(r.Checks, c)
	}
	if len(pkg.Editorials) == 0 {
		r.Warnings = append(slices.Clip(r.Warnings), "solution/solution.en.md is missing: the problem has no editorial")
	}
	return r, nil
}

// verifyRun is one run of Verify. Each goroutine writes what is its own.
type verifyRun struct {
	opts    VerifyOptions
	judge   judging.Judger
	pkg     *problems.Package
	p       *judge.Problem // of pkg, with its generated tests
	rows    []VerifyRow
	data    []problems.Check
	starter []problems.Check
}

// submissions judges those that are selected.
func (v *verifyRun) submissions(ctx context.Context, g *errgroup.Group) {
	var all []problems.Submission
	for _, s := range v.pkg.Submissions {
		if strings.Contains(s.Name, v.opts.Only) {
			all = append(all, s)
		}
	}
	v.rows = make([]VerifyRow, len(all))
	for i, s := range all {
		g.Go(func() error {
			row, err := verifySubmission(ctx, v.judge, v.p, s)
			if err != nil {
				return fmt.Errorf("submission %s: %w", s.Name, err)
			}
			v.rows[i] = row
			if v.opts.Done != nil {
				v.opts.Done(row)
			}
			return nil
		})
	}
}

// starters judges the starter code of each language, where there is any and
// no submission is named.
func (v *verifyRun) starters(ctx context.Context, g *errgroup.Group) {
	if v.p.Harness == nil || v.opts.Only != "" {
		return
	}
	v.starter = make([]problems.Check, len(v.p.Languages))
	for i, lang := range v.p.Languages {
		g.Go(func() (err error) {
			if v.starter[i], err = verifyStarter(ctx, v.judge, v.p, lang); err != nil {
				err = fmt.Errorf("starter code in %s: %w", lang.Name(), err)
			}
			return err
		})
	}
}

func verifySubmission(ctx context.Context, j judging.Judger, p *judge.Problem, s problems.Submission) (VerifyRow, error) {
	row := VerifyRow{Problem: p.Slug, Submission: s.Name, Language: s.Language, Expected: expected(s.Expect),
		LimitMillis: p.LimitsFor(s.Language).CPU.Milliseconds(), HostFactor: 1}
	rep, err := j.Judge(ctx, judge.Submission{
		ID: judge.SubmissionID(s.Name), Kind: judge.KindSubmission, Problem: p.Slug, Language: s.Language, Files: s.Files, Queue: judge.Batch,
	}, func(judge.Event) {})
	if err != nil {
		if ctx.Err() != nil {
			return row, err
		}
		// A validator that fails is a fault of the package like any other.
		row.Got, row.Surprise = judge.JE, err.Error()
		return row, nil
	}
	row.Got, row.Passed, row.Total = rep.Verdict, rep.Summary.Passed, rep.Summary.Total
	row.CPUMillis, row.MemoryKiB = rep.Summary.CPUMillisMax, rep.Summary.MemoryKiBMax
	if rep.HostFactor > 0 {
		row.HostFactor = rep.HostFactor
		row.LimitMillis = p.LimitsFor(s.Language).Scaled(rep.HostFactor).CPU.Milliseconds()
	}
	row.Surprise = surprise(rep, s)
	if row.Surprise == "" && !slices.Contains(p.Languages, s.Language) {
		row.Surprise = fmt.Sprintf("%s takes no solutions in %s", p.Slug, s.Language.Name())
	}
	return row, nil
}

// surprise says which expectation a report does not meet, or "".
func surprise(r judge.Report, s problems.Submission) string {
	if r.Verdict == judge.JE {
		return "the judge failed: " + r.Message
	}
	// A submission that does not compile has no tests; the verdict stands
	// for all of them.
	tests := r.Tests
	if len(tests) == 0 {
		tests = []judge.TestReport{{Verdict: r.Verdict}}
	}
	for _, e := range s.Expect {
		met := e.Required == nil
		for _, t := range tests {
			if t.Verdict == "" || e.Tests != "" && t.Name != "" && !problems.Matches(e.Tests, t.Name) {
				continue // not run, or not meant
			}
			if e.Permitted != nil && !slices.Contains(e.Permitted, t.Verdict) {
				where := t.Name
				if where == "" {
					where = "the submission"
				}
				return fmt.Sprintf("%s is %s; only %s is permitted", where, t.Verdict, verdictList(e.Permitted))
			}
			met = met || slices.Contains(e.Required, t.Verdict)
		}
		if !met {
			of := "test"
			if e.Tests != "" {
				of = "test of " + e.Tests
			}
			return fmt.Sprintf("no %s is %s, as required", of, verdictList(e.Required))
		}
	}
	return ""
}

// expected sums up what is expected of a submission as a whole.
func expected(all []problems.Expectation) string {
	for _, e := range all {
		if e.Required != nil {
			return verdictList(e.Required)
		}
	}
	for _, e := range all {
		if e.Tests == "" && e.Permitted != nil {
			return verdictList(e.Permitted)
		}
	}
	return "any"
}

func verdictList(vs []judge.Verdict) string {
	var out []string
	for _, v := range judge.Verdicts() {
		if slices.Contains(vs, v) {
			out = append(out, string(v))
		}
	}
	return strings.Join(out, "|")
}
