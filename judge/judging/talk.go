package judging

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/docketjudge/docket/judge"
)

// Run runs a program in a box. With an interactor the program talks with that in
// the place of its standard input and output: the run's Stdin is the test, and its
// Stdout receives what the interactor makes of the talk. What it makes of it hangs
// only on what the program said, not on when the program ended or the Stdout had
// enough.
func Run(ctx context.Context, box judge.Box, run judge.Run, l judge.Limits, with judge.Interactor) (judge.Result, error) {
	if with == nil {
		return box.Run(ctx, run, l)
	}
	// The interactor waits for a program that does not read until that program has
	// ended, and then hears out what it said. The box waits for nobody.
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
