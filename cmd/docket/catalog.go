package main

import (
	"io/fs"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
)

// catalog is a catalogue with the forge that makes its generated tests.
type catalog struct {
	*problems.Catalog
	forge *forge.Forge
}

// openCatalog opens a catalogue of the problems below some roots. Generated
// tests are kept in a directory, which defaults as [forge.New] says.
// Without a sandbox none are made.
func openCatalog(roots []fs.FS, testsDir string, sb judge.Sandbox) (*catalog, error) {
	f := forge.New(testsDir, sb)
	c, err := problems.NewCatalog(problems.CatalogConfig{Roots: roots, Tests: f})
	if err != nil {
		return nil, err
	}
	return &catalog{c, f}, nil
}
