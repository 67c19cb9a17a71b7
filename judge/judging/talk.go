package judging

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/docketjudge/docket/judge"
)

// Run runs a program in a box. If an interactor is given, the program's standard
// input and output lead to the interactor. The run's Stdin is then the test, and
// its Stdout receives what the interactor writes about the talk. What the
// interactor writes depends only on what the program said, not on when the program
// ended or when the Stdout had enough.
func Run(ctx context.Context, box judge.Box, run judge.Run, l judge.Limits, with judge.Interactor) (judge.Result, error) {
	if with == nil {
		return box.Run(ctx, run, l)
	}
	// When a program does not read, the interactor waits until the program has
	// ended, and then reads what the program said. The box waits for nobody.
	toProgram, fromInteractor := io.Pipe()
	said := newBacklog()
	stop := context.AfterFunc(ctx, said.stopReading)
	defer stop()
	var (
		wg     sync.WaitGroup
		failed error
	)
	tests, output := run.Stdin, &drain{to: run.Stdout}
	wg.Go(func() {
		failed = with.Converse(tests, fromInteractor, said, output)
		// The program sees the end of its input; what it still says is dropped.
		_ = fromInteractor.Close()
		said.stopReading()
	})
	run.Stdin, run.Stdout = toProgram, said
	r, err := box.Run(ctx, run, l)
	said.end()
	wg.Go(func() { _, _ = io.Copy(io.Discard, toProgram) }) // until the interactor has ended
	wg.Wait()
	return r, errors.Join(err, failed)
}
