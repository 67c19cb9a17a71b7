package main

import (
	"fmt"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/workshop"
)

// problemsNewCmd begins a problem package.
type problemsNewCmd struct {
	Kind string     `help:"What is asked for: ${enum}." enum:"function, class, program" default:"function" env:"-"`
	Dir  string     `help:"Where the package's directory is made." default:"." placeholder:"DIR" predictor:"dir" env:"-"`
	Slug judge.Slug `arg:"" help:"The problem's name: lower-case letters, digits and dashes."`
}

func (*problemsNewCmd) Help() string {
	return `Examples:
  docket problems new two-heaps
  docket problems new --kind class --dir my-problems ring-buffer

Writes a small complete package, which docket problems verify accepts as it is:
statement, tests, validator, generator, solutions in three languages. Change it
piece by piece into your own, and verify in between.`
}

func (c *problemsNewCmd) Run(p *process) error {
	dir, err := workshop.WriteSkeleton(c.Dir, c.Kind, c.Slug)
	if err != nil {
		return exitFor(usageError("%w", err))
	}
	_, err = fmt.Fprintf(p.stdout, "%s\nNext: docket problems verify %[1]s\n", printableLine(dir))
	return exitFor(err)
}
