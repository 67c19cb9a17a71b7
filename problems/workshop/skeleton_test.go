//go:build !quick

package workshop_test

import (
	"os"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/workshop"
)

// What docket problems new writes must stand as it is.
func TestSkeletonsVerify(t *testing.T) {
	box := realBox(t)
	dir := t.TempDir()
	kinds := []string{"function", "class", "program"}
	for _, kind := range kinds {
		if _, err := workshop.WriteSkeleton(dir, kind, judge.Slug("my-"+kind)); err != nil {
			t.Fatal(err)
		}
		if _, err := workshop.WriteSkeleton(dir, kind, judge.Slug("my-"+kind)); err == nil {
			t.Error("a package was overwritten")
		}
	}
	root, err := problems.DirRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	catalog := stock(t, box, t.TempDir(), root)
	for _, kind := range kinds {
		pkg, err := catalog.Package(t.Context(), judge.Slug("my-"+kind))
		if err != nil {
			t.Fatal(err)
		}
		if pkg.Problem.Title != "My "+kind || (pkg.Problem.Harness != nil) != (kind != "program") {
			t.Errorf("%s: title %q", kind, pkg.Problem.Title)
		}
		r := verifyHere(t, box, catalog, pkg)
		if r.Surprise() || len(r.Rows) != 5 || len(pkg.Warnings) > 0 {
			t.Errorf("%s: %+v, warnings %q", kind, r, pkg.Warnings)
		}
	}
}

func TestSkeletonOfNoKindLeavesNothing(t *testing.T) {
	for _, kind := range []string{"poem", "", "../x", "function/data"} {
		dir := t.TempDir()
		if _, err := workshop.WriteSkeleton(dir, kind, "my-problem"); err == nil {
			t.Errorf("kind %q was written", kind)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("kind %q: %d files are left, %v", kind, len(left), err)
		}
	}
}
