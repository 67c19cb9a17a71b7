package forge

import (
	"context"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
)

// Run builds a program of a package in a slot and runs it once, with an
// interactor if one is given. What becomes of the program is in the result. That
// it does not compile is an error for which [IsFault] is true: the package is
// wrong. Every other error means that the judge failed.
func Run(ctx context.Context, slot judge.Slot, src judge.Source, run judge.Run, l judge.Limits, with judge.Interactor) (judge.Result, error) {
	box, err := open(ctx, slot, src, l)
	if err != nil {
		return judge.Result{}, err
	}
	defer func() { _ = box.Close() }()
	return judging.Run(ctx, box, run, l, with)
}

// open builds a program and opens it in a box.
func open(ctx context.Context, slot judge.Slot, src judge.Source, l judge.Limits) (judge.Box, error) {
	build, err := slot.Build(ctx, src)
	if err != nil {
		return nil, err
	}
	if !build.OK {
		return nil, faultf("does not compile: %s", judge.LastWords([]byte(build.Output)))
	}
	return slot.Open(ctx, build.Artifact, l)
}
