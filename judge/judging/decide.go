package judging

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/docketjudge/docket/judge"
)

// decider finds what is wrong with the output of one test.
type decider interface {
	// Write takes the output. An error means that the decider has decided and
	// takes no more output.
	io.Writer
	// expect offers the answers of the passes that ran, before the first Write. A
	// comparison makes them at once and owns them. Other deciders do not make them:
	// some problems' answers are no lists of results.
	expect(answers func() (*spool, error)) error
	// decide is called when the program has ended.
	decide(ctx context.Context, o outcome) (judge.Finding, error)
	close()
}

// decider chooses who decides on a test.
func (t *trial) decider(g *judge.Group, test *judge.Test) decider {
	switch {
	case t.problem.Validation.Interactive:
		return conversation{allowed: t.allowed()}
	case t.validator != nil:
		return &validation{trial: t, group: g, test: test}
	}
	return &comparison{checker: g.Checker, test: test}
}

// conversation decides on an interactive test. The validator has read the output
// while the program ran, so Write drops it.
type conversation struct{ allowed judge.Limits }

func (conversation) Write(p []byte) (int, error)         { return len(p), nil }
func (conversation) expect(func() (*spool, error)) error { return nil }
func (conversation) close()                              {}

func (d conversation) decide(_ context.Context, o outcome) (judge.Finding, error) {
	f, err := judge.InteractiveFinding(o.validator, judge.Classify(o.result, d.allowed))
	if err != nil {
		return judge.Finding{}, fmt.Errorf("output validator %w", err)
	}
	return f, nil
}

// validation decides by the problem's output validator, a program that runs
// when all of the output is there.
type validation struct {
	trial *trial
	group *judge.Group
	test  *judge.Test
	spool
}

// A validator knows whole tests only.
func (d *validation) expect(func() (*spool, error)) error { return nil }

func (d *validation) decide(ctx context.Context, o outcome) (judge.Finding, error) {
	t := d.trial
	function := t.problem.Harness != nil
	ended := judge.Classify(o.result, t.allowed())
	if ended == judge.OLE || ended != judge.AC && !function || o.partial {
		// There is nothing whole that the validator could look at.
		var f judge.Finding
		if !function {
			return f, nil
		}
		return f, tally(d.test, &f, false)
	}
	// When a function died, the validator still says how many cases were right
	// before.
	run := judge.ValidatorRun(d.test.Input, d.test.Answer, d.group.Flags)
	var err error
	if run.Stdin, err = d.reader(); err != nil {
		return judge.Finding{}, err
	}
	v, err := t.vbox.Run(ctx, run, t.validatorLimits(t.problem))
	if err != nil {
		return judge.Finding{}, fmt.Errorf("output validator: %w", err)
	}
	f, err := judge.ValidatorFinding(v)
	if err != nil {
		return f, fmt.Errorf("output validator %w", err)
	}
	if !function {
		return f, nil
	}
	f.Passed = max(caseOf(f.Reason)-1, 0)
	f = withFault(f, o.fault)
	if n := caseOf(f.Reason); n > 0 && d.file == nil {
		if lines := textLines(d.held); n <= len(lines) {
			f.Actual = clip(lines[n-1], int(maxCaseText))
		}
	}
	return f, tally(d.test, &f, true)
}

// comparison decides by the group's checker, which compares the output with
// the answers. A short output is held and checked at the end, which costs no
// goroutine. A longer output flows to the checker while the program writes, so
// that nobody holds the whole output.
type comparison struct {
	checker judge.Checker
	test    *judge.Test
	answers *spool // in place of the test's, or nil
	held    []byte
	pipe    *io.PipeWriter
	checked chan check // holds one, of an output that flows
}

// check is what became of checking.
type check struct {
	finding judge.Finding
	err     error
}

const holdOutput = 64 << 10

func (d *comparison) expect(answers func() (*spool, error)) (err error) {
	d.answers, err = answers()
	return err
}

func (d *comparison) Write(p []byte) (int, error) {
	if d.pipe == nil {
		if len(d.held)+len(p) <= holdOutput {
			d.held = append(d.held, p...)
			return len(p), nil
		}
		r, w := io.Pipe()
		d.pipe, d.checked = w, make(chan check, 1)
		output := io.MultiReader(bytes.NewReader(d.held), r)
		d.held = nil
		go func() {
			c := d.check(output)
			// What comes after a decision is of no interest: writes to a closed pipe
			// fail and the caller discards the rest.
			_ = r.Close()
			d.checked <- c
		}()
	}
	return d.pipe.Write(p)
}

func (d *comparison) check(output io.Reader) (c check) {
	if d.answers != nil {
		c.finding, c.err = judge.Check(d.checker, d.test.Input, output, d.answers.section())
		return c
	}
	answer, err := d.test.Answer.Open()
	if err != nil {
		return check{err: fmt.Errorf("opening answer: %w", err)}
	}
	defer answer.Close() //nolint:errcheck // only read
	c.finding, c.err = judge.Check(d.checker, d.test.Input, output, answer)
	return c
}

func (d *comparison) decide(_ context.Context, o outcome) (judge.Finding, error) {
	var c check
	if d.pipe == nil {
		c = d.check(bytes.NewReader(d.held))
	} else {
		_ = d.pipe.Close()
		c = <-d.checked
		d.pipe = nil
	}
	if c.err != nil {
		return judge.Finding{}, fmt.Errorf("checking output: %w", c.err)
	}
	return withFault(c.finding, o.fault), nil
}

// close waits for the checker, which reads the answers.
func (d *comparison) close() {
	if d.pipe != nil {
		_ = d.pipe.Close()
		<-d.checked
	}
	if d.answers != nil {
		d.answers.close()
	}
}
