package workshop

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
	"github.com/docketjudge/docket/problems"
)

// verifyStarter judges the starter code of a function problem as it stands.
func verifyStarter(ctx context.Context, j judging.Judger, p *judge.Problem, lang judge.Language) (problems.Check, error) {
	c := problems.Check{Name: "starter code in " + lang.Name()}
	rep, err := j.Judge(ctx, judge.Submission{
		ID: judge.SubmissionID(c.Name), Kind: judge.KindSubmission, Problem: p.Slug, Language: lang,
		Files: []judge.File{p.Harness.Starter(lang)}, Queue: judge.Batch,
	}, func(judge.Event) {})
	switch {
	case err != nil && ctx.Err() != nil:
		return c, err
	case err != nil:
		c.Reason = err.Error()
	case rep.Verdict == judge.CE:
		c.Reason = "does not compile"
		if rep.Compile != nil {
			c.Reason += ": " + judge.LastWords([]byte(rep.Compile.Output))
		}
	case rep.Verdict == judge.JE:
		c.Reason = "the judge failed: " + rep.Message
	case rep.Verdict == judge.AC:
		c.Reason = "is accepted before anybody has written a line"
	}
	return c, nil
}

// verifySamples checks that solvers see every sample that they are judged on.
// Where a statement puts samples into places of its own, none may be left
// over; where it has no such places, they are shown after it.
func verifySamples(pkg *problems.Package) []problems.Check {
	shown := map[string]problems.Sample{}
	for _, s := range pkg.Samples {
		shown[s.Name] = s
	}
	var out []problems.Check
	for _, g := range pkg.Problem.Groups {
		for _, t := range g.Tests {
			if !t.Sample {
				continue
			}
			c := problems.Check{Name: t.Name + " is shown"}
			switch s, ok := shown[t.Name]; {
			case !ok:
				c.Reason = "solvers do not see it"
			case s.Truncated:
				c.Reason = fmt.Sprintf("solvers see its first %s only", judge.MaxSample)
			}
			out = append(out, c)
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(pkg.Statements)) {
		s := pkg.Statements[lang]
		if s.Format != "md" {
			continue
		}
		next := strings.Count(s.Text, "{{nextsample}}")
		if next == 0 || strings.Contains(s.Text, "{{remainingsamples}}") {
			continue
		}
		c := problems.Check{Name: "samples in statement/problem." + lang + ".md"}
		if next != len(pkg.Samples) {
			c.Reason = fmt.Sprintf("only %d of %d samples are placed; add {{remainingsamples}}", next, len(pkg.Samples))
		}
		out = append(out, c)
	}
	return out
}
