package judge

import (
	"context"
	"errors"
	"io"
	"sync"
)

// Converse runs a program that talks with an interactor in the place of its
// standard input and output. The run's Stdin is the test, its Stdout receives
// what the interactor makes of the talk.
func Converse(ctx context.Context, box Box, run Run, l Limits, with Interactor) (Result, error) {
	// The interactor waits for a program that does not read, which the end of
	// the run wakes it from. The box waits for nobody.
	toProgram, fromInteractor := io.Pipe()
	said := newBacklog()
	stop := context.AfterFunc(ctx, said.stopReading)
	defer stop()
	var (
		wg     sync.WaitGroup
		failed error
	)
	tests, output := run.Stdin, run.Stdout
	wg.Go(func() {
		failed = with.Converse(tests, fromInteractor, said, output)
		// The program sees the end of its input; what it still says is dropped.
		_ = fromInteractor.Close()
		said.stopReading()
	})
	run.Stdin, run.Stdout = toProgram, said
	r, err := box.Run(ctx, run, l)
	said.end()
	_ = toProgram.Close()
	wg.Wait()
	return r, errors.Join(err, failed)
}
