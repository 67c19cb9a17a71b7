package workshop

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
	"github.com/docketjudge/docket/problems/forge"
)

// Bench holds what the tools of this package need. Each method takes one package
// and options, and returns a report. A Bench is safe for concurrent use as long as
// its fields do not change.
type Bench struct {
	// Sandbox runs the programs of packages. Export does without. Required.
	Sandbox judge.Sandbox
	// Forge makes generated tests. Required.
	Forge *forge.Forge
	// HostFactor is what Verify and Mutate multiply time limits by, as a worker of
	// this host does. It may take a slot of the sandbox to measure. Defaults to a
	// factor of 1. Calibrate takes limits as they are.
	HostFactor judge.HostFactor
	// NewJudge makes a judge of the problems in a catalogue, whose time limits it
	// multiplies by a factor; nil is a factor of 1. Defaults to [judging.New]
	// with the sandbox and the log.
	NewJudge func(catalog judge.Catalog, factor judge.HostFactor) judging.Judger
	// Log is the judge's. Defaults to slog.Default().
	Log *slog.Logger
}

// check says what the bench lacks for work in boxes.
func (b *Bench) check() error {
	switch {
	case b.Sandbox == nil:
		return errors.New("the bench has no sandbox")
	case b.Forge == nil:
		return errors.New("the bench has no forge")
	}
	return nil
}

// judge makes a judge of one problem, whose reports hold every test.
func (b *Bench) judge(p *judge.Problem, factor judge.HostFactor) judging.Judger {
	p = opened(p)
	if b.NewJudge != nil {
		return b.NewJudge(only{p}, factor)
	}
	log := b.Log
	if log == nil {
		log = slog.Default()
	}
	return judging.New(judging.Config{Sandbox: b.Sandbox, Problems: only{p}, HostFactor: factor, Log: log})
}

// opened is a problem without policies on what reports show: who may see what is of
// no concern to its author.
func opened(p *judge.Problem) *judge.Problem {
	out := *p
	out.Disclosure = judge.DiscloseVerdict
	out.Groups = slices.Clone(p.Groups)
	for i := range out.Groups {
		g := &out.Groups[i]
		g.Tests = slices.Clone(g.Tests)
		for j := range g.Tests {
			g.Tests[j].Disclosure = ""
		}
	}
	return &out
}

// only is a catalogue of one problem, which has every slug.
type only struct{ problem *judge.Problem }

// Problem returns the problem.
func (o only) Problem(context.Context, judge.Slug) (*judge.Problem, error) { return o.problem, nil }
