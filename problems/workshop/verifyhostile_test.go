//go:build !quick

package workshop_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/problemstest"
	"github.com/docketjudge/docket/problems/workshop"
)

// surprises are the checks that do not hold, of those about hostile outputs.
func surprises(r workshop.VerifyReport) (found []string, checks int) {
	for _, c := range r.Checks {
		if !strings.Contains(c.Name, "hostile output") {
			continue
		}
		if checks++; c.Reason != "" {
			found = append(found, c.Name+": "+c.Reason)
		}
	}
	return found, checks
}

// A validator that takes JSON for granted is found out, as long as its
// memory does not suffice too. By default it does for the longest output.
func TestVerifyBreaksValidators(t *testing.T) {
	box := realBox(t)
	const (
		decode  = "import json, sys\n"
		careful = decode + "try:\n    json.load(sys.stdin)\nexcept (ValueError, RecursionError):\n    sys.exit(43)\nsys.exit(43)\n"
	)
	for _, tt := range []struct {
		name, validator, limits string
		want                    []string // words of the surprises, in order
	}{
		{"careful, with the memory of the format", careful, "limits: {validation_time: 60}\n", nil},
		{"careful, with little memory", careful, "limits: {validation_memory: 512, validation_time: 60}\n", []string{"lists in lists: 16.0 MiB of it: memory limit exceeded"}},
		{"careless", decode + "json.load(sys.stdin)\nsys.exit(43)\n", "limits: {validation_time: 60}\n", []string{
			"a list without a bottom: ", "a huge number: ", "no text: ", "nothing: "}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := problemstest.Minimal.With(problemstest.Files{
				"problem.yaml":                  strings.Replace(problemstest.ProblemYAML, "limits: {time_limit: 1.5, memory: 128, output: 4}\n", tt.limits, 1),
				"output_validator/v.py":         tt.validator,
				"submissions/wrong_answer/w.go": problemstest.Gone,
			})
			r, err := benchOf(t, box, scripted{"": report(judge.AC)}).Verify(t.Context(), problemstest.Load(t, f), workshop.VerifyOptions{})
			if err != nil {
				t.Fatal(err)
			}
			found, checks := surprises(r)
			if checks != 6 || len(found) != len(tt.want) {
				t.Fatalf("%d checks, surprises:\n%s", checks, strings.Join(found, "\n"))
			}
			for i, words := range tt.want {
				if !strings.Contains(found[i], words) {
					t.Errorf("%q has no %q", found[i], words)
				}
			}
		})
	}
}
