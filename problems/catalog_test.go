package problems_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
	"github.com/docketjudge/docket/problems/problemstest"
)

func tagged(name, difficulty string, tags ...string) problemstest.Files {
	return problemstest.Minimal.With(problemstest.Files{
		"problem.yaml": strings.Replace(problemstest.ProblemYAML, "Double it", name, 1) + "keywords: [" + strings.Join(tags, ", ") + "]\n",
		"docket.yaml":  "difficulty: " + difficulty + "\n",
	})
}

func merge(all ...problemstest.Files) problemstest.Files {
	out := problemstest.Files{}
	for _, f := range all {
		out = out.With(f)
	}
	return out
}

func newCatalog(t *testing.T, c problems.CatalogConfig) *problems.Catalog {
	t.Helper()
	if c.Tests == nil {
		c.Tests = forge.New(t.TempDir(), nil)
	}
	if c.Recheck == 0 {
		c.Recheck = time.Nanosecond
	}
	cat, err := problems.NewCatalog(c)
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

func TestList(t *testing.T) {
	c := newCatalog(t, problems.CatalogConfig{Roots: []fs.FS{merge(
		problemstest.In("alpha", tagged("First letter", "easy", "heap", "sorting")),
		problemstest.In("beta", tagged("Second letter", "hard", "Heap")),
		problemstest.In("gamma", tagged("Third one", "easy", "graph")),
		problemstest.In("broken", problemstest.Minimal.With(problemstest.Files{"data/secret/1.ans": problemstest.Gone})),
		problemstest.In("No_Slug", problemstest.Minimal),
		problemstest.Files{"README.md": "x", "empty/x.txt": ""},
	).FS()}})
	for _, tt := range []struct {
		name string
		q    problems.Query
		want string
		next string
	}{
		{"everything", problems.Query{}, "alpha beta gamma", ""},
		{"a tag", problems.Query{Tag: "HEAP"}, "alpha beta", ""},
		{"a difficulty", problems.Query{Difficulty: "easy"}, "alpha gamma", ""},
		{"tag and difficulty", problems.Query{Tag: "heap", Difficulty: "hard"}, "beta", ""},
		{"words of the title", problems.Query{Text: "letter SECOND"}, "beta", ""},
		{"a word of a keyword", problems.Query{Text: "sort"}, "alpha", ""},
		{"a part of the slug", problems.Query{Text: "amm"}, "gamma", ""},
		{"nothing", problems.Query{Text: "letter third"}, "", ""},
		{"a page", problems.Query{Limit: 2}, "alpha beta", "beta"},
		{"the next page", problems.Query{Limit: 2, Cursor: "beta"}, "gamma", ""},
		{"a full last page", problems.Query{Limit: 3}, "alpha beta gamma", ""},
		{"a filtered page", problems.Query{Limit: 1, Difficulty: "easy"}, "alpha", "alpha"},
		{"too small a page", problems.Query{Limit: -5}, "alpha", "alpha"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, next, err := c.List(context.Background(), tt.q)
			if err != nil {
				t.Fatal(err)
			}
			var slugs []string
			for _, s := range got {
				slugs = append(slugs, string(s.Slug))
			}
			if s := strings.Join(slugs, " "); s != tt.want || next != tt.next {
				t.Errorf("got %q, next %q; want %q, %q", s, next, tt.want, tt.next)
			}
			if got == nil {
				t.Error("an empty list must not be null in JSON")
			}
		})
	}
	broken, err := c.Broken(context.Background())
	if err != nil || len(broken) != 1 || broken["broken"] == nil {
		t.Errorf("Broken: %v, %v", broken, err)
	}
	got, _, err := c.List(context.Background(), problems.Query{Text: "alpha"})
	if err != nil {
		t.Fatal(err)
	}
	want := problems.Summary{Slug: "alpha", Title: "First letter", Kind: "program", Difficulty: "easy", Keywords: []string{"heap", "sorting"},
		Languages: judge.Languages(), Limits: judge.Limits{CPU: 1500e6, Wall: 5500e6, Memory: 128 * judge.MiB, Output: 4 * judge.MiB},
		Tests: 2, Revision: got[0].Revision}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
}

func TestUnknownProblems(t *testing.T) {
	c := newCatalog(t, problems.CatalogConfig{Roots: []fs.FS{problemstest.In("alpha", problemstest.Minimal).FS()}})
	for _, slug := range []judge.Slug{"beta", "", "../alpha", "alpha/../alpha", "ALPHA", judge.Slug(strings.Repeat("x", 5000))} {
		_, err := c.Problem(context.Background(), slug)
		if judge.CodeOf(err) != judge.CodeNotFound || len(err.Error()) > 200 {
			t.Errorf("%q: error %v with code %q; want a short one with %q", slug, err, judge.CodeOf(err), judge.CodeNotFound)
		}
	}
}

func TestBrokenProblemsAreNotMissing(t *testing.T) {
	c := newCatalog(t, problems.CatalogConfig{Roots: []fs.FS{problemstest.In("alpha", problemstest.Minimal.With(problemstest.Files{"data/secret/1.ans": problemstest.Gone})).FS()}})
	_, err := c.Problem(context.Background(), "alpha")
	var broken *problems.BrokenError
	if !errors.As(err, &broken) || judge.CodeOf(err) != "" {
		t.Errorf("error %v with code %q; want a BrokenError without a code", err, judge.CodeOf(err))
	}
}

func TestLaterRootsReplaceEarlierOnes(t *testing.T) {
	c := newCatalog(t, problems.CatalogConfig{Roots: []fs.FS{
		merge(problemstest.In("alpha", tagged("Old", "easy")), problemstest.In("beta", problemstest.Minimal)).FS(),
		problemstest.In("alpha", tagged("New", "easy")).FS(),
	}})
	p, err := c.Problem(context.Background(), "alpha")
	if err != nil || p.Title != "New" {
		t.Errorf("got %+v, %v", p, err)
	}
	if _, err := c.Problem(context.Background(), "beta"); err != nil {
		t.Error(err)
	}
}

func TestChangesAreSeen(t *testing.T) {
	dir := t.TempDir()
	problemstest.Write(t, dir, problemstest.In("alpha", problemstest.Minimal))
	root, err := problems.DirRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	c := newCatalog(t, problems.CatalogConfig{Roots: []fs.FS{root}})
	get := func() *judge.Problem {
		t.Helper()
		p, err := c.Problem(context.Background(), "alpha")
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	first := get()
	if get() != first {
		t.Error("an unchanged problem was loaded again")
	}
	answer := filepath.Join(dir, "alpha/data/secret/1.ans")
	if err := os.WriteFile(answer, []byte("40\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	second := get()
	if second.Revision == first.Revision {
		t.Error("a change of size was not seen")
	}
	if err := os.WriteFile(answer, []byte("50\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(answer, time.Now(), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if get().Revision == second.Revision {
		t.Error("a change of time was not seen")
	}
	if err := os.Remove(filepath.Join(dir, "alpha/problem.yaml")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Problem(context.Background(), "alpha"); judge.CodeOf(err) != judge.CodeNotFound {
		t.Errorf("a removed problem: %v", err)
	}
}

func TestCatalogMakesTests(t *testing.T) {
	sb := problemstest.NewSandbox(1, problemstest.Programs())
	cache := t.TempDir()
	roots := []fs.FS{problemstest.In("double", problemstest.WithGenerated(problemstest.Digest(problemstest.MadeInput), problemstest.Digest(problemstest.MadeAnswer))).FS()}
	c := newCatalog(t, problems.CatalogConfig{Roots: roots, Tests: forge.New(cache, sb)})
	if _, err := c.Package(context.Background(), "double"); err != nil {
		t.Fatal(err)
	}
	if runs := sb.Count().Runs; runs != 0 {
		t.Error("looking at a problem made its tests")
	}
	if err := c.Prepare(context.Background()); err != nil {
		t.Fatal(err)
	}
	p, err := c.Problem(context.Background(), "double")
	if err != nil {
		t.Fatal(err)
	}
	if got := problemstest.Content(t, p.Groups[1].Tests[1].Input); got != problemstest.MadeInput {
		t.Errorf("got %q", got)
	}
	if runs := sb.Count().Runs; runs != 2 {
		t.Errorf("%d runs, want 2", runs)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	full := problemstest.NewSandbox(0, nil) // has no slot to give
	c = newCatalog(t, problems.CatalogConfig{Roots: roots, Tests: forge.New(t.TempDir(), full)})
	if _, err := c.Problem(ctx, "double"); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled wait for a slot: %v", err)
	}
}
