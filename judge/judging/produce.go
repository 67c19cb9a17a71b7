package judging

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/docketjudge/docket/judge"
)

// outcome is what came of running a program on a test.
type outcome struct {
	result judge.Result
	// validator is the end of the output validator that talked with the program;
	// only interactive tests have one.
	validator judge.Result
	// Only tests in passes have these two: the first case whose output a pass
	// spoilt, and whether some passes did not run.
	fault   judge.Fault
	partial bool
}

// produce runs the program on a test. The decider receives the output while the
// program runs or, in a test in passes, after the last pass.
func (t *trial) produce(ctx context.Context, g *judge.Group, test *judge.Test, to decider) (outcome, error) {
	if t.problem.Validation.Interactive {
		return t.produceInTalk(ctx, g, test)
	}
	passes, err := passesOf(t.problem, test)
	if err != nil {
		return outcome{}, err
	}
	if passes > 1 {
		return t.produceInPasses(ctx, test, passes, to)
	}
	in, closeInput, err := openInput(test)
	if err != nil {
		return outcome{}, err
	}
	begin := time.Now()
	r, err := Run(ctx, t.box, judge.Run{Args: test.Args, Stdin: in, Stdout: t.tee(to)}, t.limits, t.problem.Interactor)
	t.steps.Tests += since(begin)
	t.steps.Own += r.Wall.Microseconds()
	return outcome{result: r}, errors.Join(err, closeInput())
}

// openInput opens a test's input, whole when it is small so that it can travel
// with the request to run.
func openInput(t *judge.Test) (io.Reader, func() error, error) {
	f, err := t.Input.Open()
	if err != nil {
		return nil, nil, fmt.Errorf("opening input: %w", err)
	}
	if t.Input.Size > 32*judge.KiB {
		return judge.Sized(f, t.Input.Size), f.Close, nil
	}
	b, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, nil, fmt.Errorf("reading input: %w", err)
	}
	return bytes.NewReader(b), func() error { return nil }, nil
}

// tee is where the output of a test goes. In a client's own run, tee also keeps
// the beginning of the output, even after the decider has had enough.
func (t *trial) tee(to io.Writer) io.Writer {
	if t.printed == nil {
		return to
	}
	t.printed.reset()
	return io.MultiWriter(t.printed, &drain{to: to})
}

// produceInTalk runs program and output validator at once, each reading what the
// other prints.
//
// A rejection comes first: if the validator rejects what it has read, how the
// program ended does not matter. But validators also reject because their input
// ends too early, and that says nothing new about a program that crashed or met a
// limit. Which of the two rejections happens must not depend on who ends first. So
// the validator of such a program is given all output and no end. Either the
// validator rejects that output, or it asks for more and is stopped; then the
// program's own end gives the verdict.
func (t *trial) produceInTalk(ctx context.Context, g *judge.Group, test *judge.Test) (outcome, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	toValidator, toProgram := newBacklog(), newBacklog()

	begin := time.Now()
	var (
		wg         sync.WaitGroup
		o          outcome
		perr, verr error
	)
	wg.Go(func() {
		o.result, perr = t.box.Run(ctx, judge.Run{Args: test.Args, Stdin: toProgram, Stdout: toValidator}, t.limits)
		if perr == nil && judge.Classify(o.result, t.allowed()) != judge.AC {
			toValidator.cutOff()
		} else {
			toValidator.end()
		}
		toProgram.stopReading() // what the validator still says is dropped
		if perr != nil {
			cancel()
		}
	})
	wg.Go(func() {
		run := judge.ValidatorRun(test.Input, test.Answer, g.Flags)
		run.Stdin, run.Stdout = toValidator, toProgram
		limits := t.validatorLimits(t.problem)
		// The validator waits for the program, which may take all of its own time.
		limits.Wall += t.limits.Wall
		o.validator, verr = t.vbox.Run(ctx, run, limits)
		toProgram.end()
		toValidator.stopReading()
		if verr != nil {
			cancel()
		}
	})
	wg.Wait()
	t.steps.Tests += since(begin)
	return o, errors.Join(perr, verr)
}

// produceInPasses runs a test in passes and writes their joined results to the
// decider. When some passes did not run, the decider may ask for the answers of
// the passes that ran.
func (t *trial) produceInPasses(ctx context.Context, test *judge.Test, planned int, to decider) (outcome, error) {
	p, err := t.runPasses(ctx, test, planned)
	defer p.close()
	o := outcome{result: p.result, partial: p.partial()}
	if err != nil {
		return o, err
	}
	begin := time.Now()
	defer func() { t.steps.Check += since(begin) }()
	if o.partial {
		if err := to.expect(p.answers); err != nil {
			return o, err
		}
	}
	o.fault, err = p.join(t.tee(to))
	return o, err
}
