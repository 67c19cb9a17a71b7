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

// builtinProblems is the catalogue's content, so that losing one is noticed.
var builtinProblems = []judge.Slug{"guess-the-release", "log-top-k", "range-sums"} // whole programs

func builtin(t *testing.T, sb judge.Sandbox) *problems.Catalog {
	t.Helper()
	c, err := problems.NewCatalog(problems.CatalogConfig{
		Roots: []fs.FS{problems.Builtin()}, CacheDir: t.TempDir(), Sandbox: sb})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestBuiltinProblemsLoad(t *testing.T) {
	c := builtin(t, nil)
	got, next, err := c.List(context.Background(), problems.Query{})
	if err != nil || next != "" {
		t.Fatalf("List: next %q, error %v", next, err)
	}
	broken, err := c.Broken(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for slug, err := range broken {
		t.Errorf("%s: %v", slug, err)
	}
	var slugs []judge.Slug
	for _, s := range got {
		slugs = append(slugs, s.Slug)
	}
	for _, slug := range builtinProblems {
		if !slices.Contains(slugs, slug) {
			t.Errorf("%s is not in the catalogue", slug)
		}
	}
}

// Every problem of the catalogue holds what the guide asks of it.
func TestBuiltinProblemsAreComplete(t *testing.T) {
	c := builtin(t, nil)
	for _, slug := range builtinProblems {
		t.Run(string(slug), func(t *testing.T) {
			p, err := c.Package(context.Background(), slug)
			if err != nil {
				t.Fatal(err)
			}
			if len(p.Warnings) > 0 {
				t.Errorf("warnings: %q", p.Warnings)
			}
			if len(p.Samples) < 2 {
				t.Errorf("%d samples, want at least 2", len(p.Samples))
			}
			if !strings.Contains(p.Problem.Statement, "## The samples") {
				t.Error("the statement does not explain the samples")
			}
			if p.Problem.Difficulty == "" || len(p.Problem.Keywords) == 0 {
				t.Error("difficulty or keywords are missing")
			}
			if len(p.InputValidators) == 0 || len(p.InvalidInputs) < 5 {
				t.Error("the input validator is missing or hardly tested")
			}
			by := map[string]map[judge.Language]bool{}
			for _, s := range p.Submissions {
				dir, _, _ := strings.Cut(s.Name, "/")
				if by[dir] == nil {
					by[dir] = map[judge.Language]bool{}
				}
				by[dir][s.Language] = true
			}
			for _, dir := range []string{"accepted", "wrong_answer", "time_limit_exceeded", "run_time_error"} {
				for _, lang := range judge.Languages() {
					if !by[dir][lang] {
						t.Errorf("no %s submission in %s", dir, lang.Name())
					}
				}
			}
		})
	}
}
