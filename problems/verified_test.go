package problems_test

import (
	"context"
	"io/fs"
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
	catalog, err := problems.NewCatalog(problems.CatalogConfig{
		Roots: []fs.FS{problems.Builtin()}, CacheDir: t.TempDir(), Sandbox: box})
	if err != nil {
		t.Fatal(err)
	}
	list, next, err := catalog.List(ctx, problems.Query{Limit: judge.MaxPage})
	if err != nil || next != "" {
		t.Fatalf("next page %q, %v", next, err)
	}
	judger := judge.NewJudge(judge.JudgeConfig{Sandbox: box, Problems: catalog})
	for _, summary := range list {
		t.Run(string(summary.Slug), func(t *testing.T) {
			pkg, err := catalog.Package(ctx, summary.Slug)
			if err != nil {
				t.Fatal(err)
			}
			r, err := problems.Verify(ctx, box, pkg, problems.VerifyOptions{Judge: judger, Forge: catalog.Forge()})
			if err != nil {
				t.Fatal(err)
			}
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
			if pkg.Problem.Harness != nil {
				testFunctionPackage(t, pkg)
			}
		})
	}
}

// testFunctionPackage holds function problems to one accepted solution in each
// language, three that fail, and an editorial.
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
	if len(pkg.Samples) < 2 || len(pkg.InvalidInputs) == 0 || len(pkg.InputValidators) == 0 {
		t.Errorf("there are %d samples, %d invalid inputs and %d input validators", len(pkg.Samples), len(pkg.InvalidInputs), len(pkg.InputValidators))
	}
	if !strings.Contains(pkg.Problem.Statement, "## Follow-up") || pkg.Problem.Difficulty == "" || len(pkg.Problem.Keywords) < 2 {
		t.Error("the follow-up question, the difficulty or keywords are missing")
	}
	for _, w := range pkg.Warnings {
		t.Errorf("warning: %s", w)
	}
	if !slices.Contains(pkg.Editorials, "en") {
		t.Error("there is no editorial")
	}
}
