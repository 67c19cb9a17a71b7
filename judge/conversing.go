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
	toProgram, fromInteractor := io.Pipe()
	toInteractor, fromProgram := io.Pipe()
	var (
		wg     sync.WaitGroup
		failed error
	)
	tests, output := run.Stdin, run.Stdout
	wg.Go(func() {
		failed = with.Converse(tests, fromInteractor, toInteractor, output)
		// The program sees the end of its input; what it still says is dropped.
		_ = fromInteractor.Close()
		_ = toInteractor.Close()
	})
	run.Stdin, run.Stdout = toProgram, fromProgram
	r, err := box.Run(ctx, run, l)
	_ = fromProgram.Close()
	_ = toProgram.Close()
	wg.Wait()
	return r, errors.Join(err, failed)
}
