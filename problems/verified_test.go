package problems_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/sandbox"
	"github.com/docketjudge/docket/sandbox/engine"
)

// TestCatalogueIsAsItSays judges every example submission of every built-in
// problem in real boxes, and runs every validator over all data.
func TestCatalogueIsAsItSays(t *testing.T) {
	ctx := context.Background()
	var said bytes.Buffer
	if err := engine.BuildImages(ctx, &said); err != nil {
		t.Fatalf("%s\n%v", said.String(), err)
	}
	box, err := sandbox.New(ctx, sandbox.Config{Worker: fmt.Sprintf("catalogue-test-%d", os.Getpid())})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	}()
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
	failing := 0
	solved := map[judge.Language]bool{}
	for _, s := range pkg.Submissions {
		if slices.ContainsFunc(s.Expect, func(e problems.Expectation) bool { return slices.Equal(e.Permitted, []judge.Verdict{judge.AC}) }) {
			solved[s.Language] = true
		} else {
			failing++
		}
	}
	if len(solved) != len(judge.Languages()) || failing < 3 {
		t.Errorf("there are accepted solutions in %d languages and %d failing submissions", len(solved), failing)
	}
	if !slices.Contains(pkg.Editorials, "en") {
		t.Error("there is no editorial")
	}
}
