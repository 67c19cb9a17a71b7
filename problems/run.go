package problems

import (
	"context"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
)

// runProgram builds a program of a package and runs it once. That it does
// not compile is an error: it is the package that is wrong.
func runProgram(ctx context.Context, slot judge.Slot, src judge.Source, run judge.Run, l judge.Limits, with judge.Interactor) (judge.Result, error) {
	box, err := openProgram(ctx, slot, src, l)
	if err != nil {
		return judge.Result{}, err
	}
	defer func() { _ = box.Close() }()
	return judging.Run(ctx, box, run, l, with)
}

func openProgram(ctx context.Context, slot judge.Slot, src judge.Source, l judge.Limits) (judge.Box, error) {
	build, err := slot.Build(ctx, src)
	if err != nil {
		return nil, err
	}
	if !build.OK {
		return nil, faultf("does not compile: %s", tail([]byte(build.Output)))
	}
	return slot.Open(ctx, build.Artifact, l)
}
