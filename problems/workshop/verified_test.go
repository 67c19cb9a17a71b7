//go:build !quick

package workshop_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// TestCatalogueIsAsItSays judges every example submission of every built-in
// problem in real boxes, and runs every validator over all data.
func TestCatalogueIsAsItSays(t *testing.T) {
	ctx := context.Background()
	box := realBox(t)
	// What it generates is kept where docket keeps it by default, for the tests
	// that come after. .ci/suite begins with an empty place; under plain go test
	// what was made before hides a generator that has broken since.
	catalog := stock(t, box, "", problems.Builtin())
	list, next, err := catalog.List(ctx, problems.Query{Limit: judge.MaxPage})
	if err != nil || next != "" {
		t.Fatalf("next page %q, %v", next, err)
	}
	for _, summary := range list {
		t.Run(string(summary.Slug), func(t *testing.T) {
			pkg, err := catalog.Package(ctx, summary.Slug)
			if err != nil {
				t.Fatal(err)
			}
			r := verifyHere(t, box, catalog, pkg)
			if len(r.Rows) != len(pkg.Submissions) || len(r.Checks) == 0 {
				t.Errorf("%d of %d submissions were judged, %d checks made", len(r.Rows), len(pkg.Submissions), len(r.Checks))
			}
			for _, row := range r.Rows {
				if row.Surprise != "" {
					t.Errorf("%s: %s", row.Submission, row.Surprise)
				}
			}
			for _, c := range r.Checks {
				if c.Reason != "" {
					t.Errorf("%s: %s", c.Name, c.Reason)
				}
			}
		})
	}
}

// TestCatalogueIsComplete holds every built-in package to what the catalogue
// promises of its problems. It needs no boxes.
func TestCatalogueIsComplete(t *testing.T) {
	ctx := context.Background()
	c := stock(t, nil, t.TempDir(), problems.Builtin())
	list, next, err := c.List(ctx, problems.Query{Limit: judge.MaxPage})
	if err != nil || next != "" || len(list) == 0 {
		t.Fatalf("%d problems, next page %q, %v", len(list), next, err)
	}
	for _, summary := range list {
		t.Run(string(summary.Slug), func(t *testing.T) {
			pkg, err := c.Package(ctx, summary.Slug)
			if err != nil {
				t.Fatal(err)
			}
			if pkg.Problem.Harness != nil {
				testFunctionPackage(t, pkg)
			}
			testComplete(t, pkg)
		})
	}
}

// testFunctionPackage holds function problems to one accepted solution in each
// language and three that fail. Whole programs are held to more by
// TestBuiltinProblemsAreComplete.
func testFunctionPackage(t *testing.T, pkg *problems.Package) {
	t.Helper()
	by := map[string]int{}
	solved := map[judge.Language]bool{}
	for _, s := range pkg.Submissions {
		dir, _, _ := strings.Cut(s.Name, "/")
		by[dir]++
		if dir == "accepted" {
			solved[s.Language] = true
		}
	}
	failing := len(pkg.Submissions) - by["accepted"]
	if len(solved) != len(judge.Languages()) || failing < 3 || by["wrong_answer"] == 0 {
		t.Errorf("there are accepted solutions in %d languages, %d failing submissions, %d of them wrong", len(solved), failing, by["wrong_answer"])
	}
}

// testComplete holds every package to what readers of it expect: samples that
// the statement explains, a follow-up question, an editorial, and limits that
// were measured in each language that the problem is solved in.
func testComplete(t *testing.T, pkg *problems.Package) {
	t.Helper()
	if len(pkg.Samples) < 2 || len(pkg.InvalidInputs) == 0 || len(pkg.InputValidators) == 0 {
		t.Errorf("there are %d samples, %d invalid inputs and %d input validators", len(pkg.Samples), len(pkg.InvalidInputs), len(pkg.InputValidators))
	}
	text := pkg.Problem.Statement
	shown := strings.Split(strings.ReplaceAll(text, "**Sample interaction ", "**Sample input "), "**Sample input ")[1:]
	if len(shown) != len(pkg.Samples) {
		t.Errorf("the statement has places for %d of %d samples", len(shown), len(pkg.Samples))
	}
	for i, part := range shown {
		behind := part[strings.LastIndex(part, "```\n")+len("```\n"):]
		if words, _, _ := strings.Cut(behind, "\n## "); len(strings.Fields(words)) < 10 {
			t.Errorf("sample %d is not explained", i+1)
		}
	}
	if !strings.Contains(text, "## Follow-up") || pkg.Problem.Difficulty == "" || len(pkg.Problem.Keywords) < 3 {
		t.Error("the follow-up question, the difficulty or keywords are missing")
	}
	for _, w := range pkg.Warnings {
		t.Errorf("warning: %s", w)
	}
	if !slices.Contains(pkg.Editorials, "en") {
		t.Error("there is no editorial")
	}
	for _, s := range pkg.Submissions {
		if !strings.HasPrefix(s.Name, "accepted/") {
			continue
		}
		if pkg.Calibrated == nil || pkg.Calibrated.Languages[s.Language].TimeLimit == 0 {
			t.Errorf("the limit of %s was not calibrated", s.Language.Name())
			break
		}
	}
}
