package problems_test

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
	"github.com/docketjudge/docket/problems/harness"
)

// builtinProblems are the names of all problems of the catalogue, so that losing
// one is noticed.
var builtinProblems = []judge.Slug{
	"autocomplete", "build-order", "fan-out-fetch", "guess-the-release", "log-top-k", "lru-cache", "raft-follower", "range-sums",
	"rate-limiter", "running-median", "shortest-path", "top-customers", "tree-codec", "url-shortener", "worker-pool",
}

func builtin(t *testing.T) *problems.Catalog {
	t.Helper()
	c, err := problems.NewCatalog(problems.CatalogConfig{
		Roots: []fs.FS{problems.Builtin()}, Tests: forge.New(t.TempDir(), nil)})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestBuiltinProblemsLoad(t *testing.T) {
	c := builtin(t)
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
	slices.Sort(slugs)
	if d := cmp.Diff(builtinProblems, slugs); d != "" {
		t.Errorf("problems of the catalogue (-want +got):\n%s", d)
	}
}

// Every problem of the catalogue holds what the guide asks of it.
func TestBuiltinProblemsAreComplete(t *testing.T) {
	c := builtin(t)
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
			// Whole programs fail in every way in every language; function problems
			// need not be too slow or crash in each. Slow submissions to concurrency
			// problems there are none: their clock stands still.
			harnessed, ok := p.Problem.Harness.(*harness.Harness)
			everywhere := []string{"accepted", "wrong_answer", "time_limit_exceeded", "run_time_error"}
			somewhere := []string{"time_limit_exceeded", "run_time_error"}
			switch {
			case ok && harnessed.Signature().Concurrent():
				everywhere, somewhere = everywhere[:2], somewhere[1:]
			case ok:
				everywhere = everywhere[:2]
			}
			for _, dir := range everywhere {
				for _, lang := range judge.Languages() {
					if !by[dir][lang] {
						t.Errorf("no %s submission in %s", dir, lang.Name())
					}
				}
			}
			for _, dir := range somewhere {
				if len(by[dir]) == 0 {
					t.Errorf("no %s submission", dir)
				}
			}
		})
	}
}
