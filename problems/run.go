package problems

import (
	"context"
	"errors"
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

// faultError is what a program of a package did wrong, as against what went
// wrong in the judge.
type faultError struct{ reason string }

func (e *faultError) Error() string { return e.reason }

// IsFault reports whether an error is the package's doing: one of its programs
// failed, or printed something else than it pins.
func IsFault(err error) bool {
	var fault *faultError
	var digest *DigestError
	return errors.As(err, &fault) || errors.As(err, &digest)
}

func faultf(format string, args ...any) error { return &faultError{fmt.Sprintf(format, args...)} }

// runProgram builds a program of a package and runs it once. That it does
// not compile is an error: it is the package that is wrong.
func runProgram(ctx context.Context, slot judge.Slot, src judge.Source, run judge.Run, l judge.Limits, with judge.Interactor) (judge.Result, error) {
	box, err := openProgram(ctx, slot, src, l)
	if err != nil {
		return judge.Result{}, err
	}
	defer func() { _ = box.Close() }()
	if with != nil {
		return judge.Converse(ctx, box, run, l, with)
	}
	return box.Run(ctx, run, l)
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

// tail is the end of what a program wrote, for a message.
func tail(b []byte) string {
	const most = 400
	if len(b) > most {
		b = b[len(b)-most:]
	}
	return fmt.Sprintf("%q", b)
}
