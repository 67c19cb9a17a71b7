package problems_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/problemstest"
)

// Whatever an author writes is loaded or refused, and nothing else.
func FuzzLoad(f *testing.F) {
	f.Add(problemstest.ProblemYAML, "difficulty: easy\n", "accepted:\n  permitted: [AC]\n", "args: [a]\n", "x {{nextsample}}\n")
	f.Add(problemstest.ProblemYAML+"type: interactive\nconstants: {a: 1}\n", "generate:\n  - {name: secret/2, generator: g.py}\n",
		"\"{a,{b,c}}*\": {}\n", "output_validator_args: [exact]\n", "{{a}}")
	f.Add("name: X\nvalidation: custom interactive\n", "limits: {go: {time_limit: 1e3}}", "? a\n: b\n", "on_reject: break\n", "")
	f.Add("{", "- - - -", "&a [*a]", "!!binary x", "\xff")
	f.Fuzz(func(t *testing.T, problem, docket, submissions, group, statement string) {
		pkg := problemstest.Minimal.With(problemstest.Files{
			"problem.yaml": problem, "docket.yaml": docket, "submissions/submissions.yaml": submissions,
			"data/secret/test_group.yaml": group, "data/secret/testdata.yaml": group, "data/secret/1.yaml": group,
			"statement/problem.en.md": statement, "generators/g.py": "",
		})
		if !strings.Contains(problem, "legacy") {
			delete(pkg, "data/secret/testdata.yaml")
		}
		p, err := problems.Load(pkg.FS(), "double")
		var broken *problems.BrokenError
		switch {
		case err == nil && (p == nil || p.Problem.Tests() < 2 || p.Problem.Title == ""):
			t.Errorf("loaded without tests or title: %+v", p)
		case err != nil && (!errors.As(err, &broken) || len(broken.Refusals) == 0):
			t.Errorf("not a refusal: %v", err)
		}
	})
}
