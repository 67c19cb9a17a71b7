package problems

import (
	"context"
	"fmt"
	"io"

	"github.com/docketjudge/docket/judge"
)

// sink remembers the error of a writer, which a box would only stop at.
type sink struct {
	w   io.Writer
	n   judge.Bytes
	err error
}

func (s *sink) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.n += judge.Bytes(n)
	if err != nil {
		s.err = err
	}
	return n, err
}

// runProgram builds a program of a package and runs it once. That it does
// not compile is an error: it is the package that is wrong.
func runProgram(ctx context.Context, slot judge.Slot, src judge.Source, run judge.Run, l judge.Limits) (judge.Result, error) {
	box, err := openProgram(ctx, slot, src, l)
	if err != nil {
		return judge.Result{}, err
	}
	defer func() { _ = box.Close() }()
	return box.Run(ctx, run, l)
}

func openProgram(ctx context.Context, slot judge.Slot, src judge.Source, l judge.Limits) (judge.Box, error) {
	build, err := slot.Build(ctx, src)
	if err != nil {
		return nil, err
	}
	if !build.OK {
		return nil, fmt.Errorf("does not compile: %s", tail([]byte(build.Output)))
	}
	return slot.Open(ctx, build.Artifact, l)
}

// tail is the end of what a program wrote, for a message.
func tail(b []byte) string {
	const most = 400
	if len(b) > most {
		b = b[len(b)-most:]
	}
	return fmt.Sprintf("%q", b)
}
