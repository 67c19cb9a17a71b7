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
	// Of a test in passes: the first case whose output some pass spoilt, and
	// whether there are passes that did not run.
	fault   judge.Fault
	partial bool
}

// produce runs the program on a test. What it prints goes to the decider while
// the program runs or, of a test in passes, after the last of them.
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

// tee is where the output of a test goes: in a client's own run its beginning
// is kept as well, also of what comes after the decider has had enough.
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
// What the validator makes of what it has read comes first: if it rejects, how
// the program ended does not matter. But validators also reject at the end of
// their input, and of a program that crashed or met a limit that end says nothing
// new. Which of the two a rejection was for must not hang on who ended first. So
// the validator of such a program is given all that was said and no end: it
// rejects that, or it asks for more and is stopped, and then how the program ended
// is the verdict.
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
		// It waits for the program, which may take all of its own time.
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

// produceInPasses runs a test in passes and writes their joined results. Where
// passes did not run, the decider is told which answers there are, if it asks.
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
