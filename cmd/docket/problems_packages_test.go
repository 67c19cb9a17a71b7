package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/workshop"
)

// skeletons writes packages below a new directory.
func skeletons(t *testing.T, paths ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, p := range paths {
		if _, err := workshop.WriteSkeleton(filepath.Join(dir, filepath.Dir(p)), "program", judge.Slug(filepath.Base(p))); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// What is written into a package is written where the package was found, also
// when another one has its name.
func TestTargetsKnowTheirDirectories(t *testing.T) {
	dir := skeletons(t, "one/sum", "one/max", "two/sum")
	all := func(slugs ...judge.Slug) []string {
		t.Helper()
		f := packageFlags{Problem: slugs, TestsDir: t.TempDir(), Dirs: []string{filepath.Join(dir, "one"), filepath.Join(dir, "two", "sum")}}
		targets, refused, err := f.targets(t.Context(), nil)
		if err != nil || len(refused) > 0 {
			t.Fatalf("refused %v, error %v", refused, err)
		}
		var dirs []string
		for _, found := range targets {
			rel, err := filepath.Rel(dir, found.dir)
			if err != nil || found.pkg.Problem.Slug != found.slug {
				t.Errorf("%s in %s is %s, %v", found.slug, found.dir, found.pkg.Problem.Slug, err)
			}
			dirs = append(dirs, rel)
		}
		return dirs
	}
	if diff := cmp.Diff([]string{"one/max", "one/sum", "two/sum"}, all()); diff != "" {
		t.Errorf("directories (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"one/sum", "two/sum"}, all("sum")); diff != "" {
		t.Errorf("directories of sum (-want +got):\n%s", diff)
	}
}

func TestDirectoriesWithoutPackages(t *testing.T) {
	dir := skeletons(t, "one/sum")
	f := packageFlags{TestsDir: t.TempDir(), Dirs: []string{filepath.Join(dir, "one"), dir}}
	if _, _, err := f.targets(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "there is no problem package in "+dir) {
		t.Errorf("error %v, want one that names %s", err, dir)
	}
}
