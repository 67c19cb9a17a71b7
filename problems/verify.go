package problems

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/docketjudge/docket/judge"
)

// VerifyOptions say how a package is verified.
type VerifyOptions struct {
	// Judge judges the package's submissions. Its catalogue must hold the
	// package under its slug. It is needed.
	Judge Judger
	// Forge makes generated tests. It is needed.
	Forge *Forge
	// Only selects submissions whose name contains it. Empty selects all.
	Only string
	// Done hears of every finished submission, from several goroutines.
	Done func(VerifyRow)
}

// Verify judges every submission of a package and compares what came of it
// with what the package expects, runs the input validators over all inputs,
// and checks what solvers see: the samples, and the starter code of a function
// problem, which must compile and must not be a solution already. Submissions are judged side by side, as many as the sandbox has
// slots. An error means that verifying failed, not that the package did.
func Verify(ctx context.Context, sb judge.Sandbox, pkg *Package, opts VerifyOptions) (VerifyReport, error) {
	if opts.Judge == nil || opts.Forge == nil {
		return VerifyReport{}, errors.New("verifying: a judge and a forge are needed")
	}
	r := VerifyReport{Problem: pkg.Problem.Slug, Warnings: pkg.Warnings}
	var wrong DigestErrors
	p, err := opts.Forge.Problem(ctx, pkg)
	switch {
	case errors.As(err, &wrong):
		// The tests cannot be had, so nothing else can be said.
		for _, d := range wrong {
			r.Checks = append(r.Checks, Check{Name: "generated test " + d.Test, Reason: d.Error()})
		}
		return r, nil
	case err != nil:
		return r, fmt.Errorf("verifying %s: %w", pkg.Problem.Slug, err)
	}
	for _, g := range pkg.Generate {
		r.Checks = append(r.Checks, Check{Name: "generated test " + g.Test})
	}

	g, ctx := errgroup.WithContext(ctx)
	var subs []Submission
	for _, s := range pkg.Submissions {
		if strings.Contains(s.Name, opts.Only) {
			subs = append(subs, s)
		}
	}
	r.Rows = make([]VerifyRow, len(subs))
	for i, s := range subs {
		g.Go(func() error {
			row, err := verifySubmission(ctx, opts.Judge, p, s)
			if err != nil {
				return fmt.Errorf("verifying %s: submission %s: %w", p.Slug, s.Name, err)
			}
			r.Rows[i] = row
			if opts.Done != nil {
				opts.Done(row)
			}
			return nil
		})
	}
	var data []Check
	g.Go(func() (err error) {
		data, err = verifyData(ctx, sb, pkg, p)
		if err != nil {
			err = fmt.Errorf("verifying %s: %w", p.Slug, err)
		}
		return err
	})
	var starters []Check
	if p.Harness != nil && opts.Only == "" {
		starters = make([]Check, len(p.Languages))
		for i, lang := range p.Languages {
			g.Go(func() (err error) {
				if starters[i], err = verifyStarter(ctx, opts.Judge, p, lang); err != nil {
					err = fmt.Errorf("verifying %s: starter code in %s: %w", p.Slug, lang.Name(), err)
				}
				return err
			})
		}
	}
	if err := g.Wait(); err != nil {
		return r, err
	}
	r.Checks = slices.Concat(r.Checks, data, starters, verifySamples(pkg))
	if p.Harness != nil {
		c := Check{Name: "data/invalid_input"}
		if len(pkg.InvalidInputs) == 0 {
			c.Reason = "holds no inputs, so that nobody knows what the input validators refuse"
		}
		r.Checks = append(r.Checks, c)
	}
	if len(pkg.Editorials) == 0 {
		r.Warnings = append(slices.Clip(r.Warnings), "solution/solution.en.md is missing: nobody explains how the problem is solved")
	}
	return r, nil
}

func verifySubmission(ctx context.Context, j Judger, p *judge.Problem, s Submission) (VerifyRow, error) {
	row := VerifyRow{Problem: p.Slug, Submission: s.Name, Language: s.Language, Expected: expected(s.Expect),
		LimitMilli: p.LimitsFor(s.Language).CPU.Milliseconds()}
	rep, err := j.Judge(ctx, judge.Submission{
		Kind: judge.KindSubmission, Problem: p.Slug, Language: s.Language, Files: s.Files, Queue: judge.Batch,
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
	row.Surprise = surprise(rep, s)
	if row.Surprise == "" && !slices.Contains(p.Languages, s.Language) {
		row.Surprise = fmt.Sprintf("the problem is not to be solved in %s", s.Language.Name())
	}
	return row, nil
}

// surprise says which expectation a report does not meet, or "".
func surprise(r judge.Report, s Submission) string {
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
			if t.Verdict == "" || e.Tests != "" && t.Name != "" && !matchesOrParent(e.Tests, t.Name) {
				continue // not run, or not meant
			}
			if e.Permitted != nil && !slices.Contains(e.Permitted, t.Verdict) {
				where := t.Name
				if where == "" {
					where = "the submission"
				}
				return fmt.Sprintf("%s is %s, permitted are %s", where, t.Verdict, verdictList(e.Permitted))
			}
			met = met || slices.Contains(e.Required, t.Verdict)
		}
		if !met {
			of := "test"
			if e.Tests != "" {
				of = "test of " + e.Tests
			}
			return fmt.Sprintf("no %s is %s", of, verdictList(e.Required))
		}
	}
	return ""
}

// expected sums up what is expected of a submission as a whole.
func expected(all []Expectation) string {
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
