package problems_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"testing/fstest"

	"github.com/docketjudge/docket/problems"
)

// Load tells all that is wrong with a package at once.
func ExampleLoad() {
	pkg := fstest.MapFS{
		"problem.yaml": {Data: []byte("problem_format_version: 2025-09\nname: Double it\ncolour: green\n")},
	}
	_, err := problems.Load(pkg, "double")
	var broken *problems.BrokenError
	if errors.As(err, &broken) {
		for _, r := range broken.Refusals {
			fmt.Println(r)
		}
	}
	// Output:
	// problem.yaml:3: unknown key "colour" in problem.yaml
	// problem.yaml:1: uuid is missing
	// input_validators: is missing: a package needs an input validator
	// data: is missing
	// submissions/accepted: is missing: a package needs an accepted submission
	// statement: holds no problem.<language>.md
}

// The problems that Docket brings along are a catalogue of their own.
func ExampleNewCatalog() {
	catalog, err := problems.NewCatalog(problems.CatalogConfig{Roots: []fs.FS{problems.Builtin()}})
	if err != nil {
		fmt.Println(err)
		return
	}
	pkg, err := catalog.Package(context.Background(), "lru-cache")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(pkg.Problem.Title, pkg.Problem.Languages)
	// Output: Session cache [go java python]
}
