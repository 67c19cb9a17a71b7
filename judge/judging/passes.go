package judging

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/docketjudge/docket/judge"
)

// withFault is the finding about joined outputs, which end at the fault f.
func withFault(found judge.Finding, f judge.Fault) judge.Finding {
	if f.Reason != "" && (found.Reason == "" || found.Passed >= f.Case-1) {
		found.Reason, found.Outline = f.Reason, f.Reason // which quotes nothing
	}
	return found
}

// passes are what became of the passes of a test.
type passes struct {
	relay judge.Relay
	test  *judge.Test
	// result is the result of the last pass that ran, which decides. Processor
	// time, elapsed time and memory are the greatest of any pass, since each pass
	// has the problem's limits to itself.
	result  judge.Result
	planned int
	outputs []*spool // of the passes that ran
}

// passesOf counts the passes of a test.
func passesOf(p *judge.Problem, test *judge.Test) (int, error) {
	if p.Relay == nil {
		return 1, nil
	}
	in, err := test.Input.Open()
	if err != nil {
		return 0, fmt.Errorf("opening input: %w", err)
	}
	n, err := p.Relay.Passes(in)
	if err = errors.Join(err, in.Close()); err != nil {
		return 0, fmt.Errorf("counting passes: %w", err)
	}
	return n, nil
}

// runPasses runs the passes of a test up to the first that does not end well.
// The caller closes what it returns, errors or not.
func (t *trial) runPasses(ctx context.Context, test *judge.Test, planned int) (*passes, error) {
	p := &passes{relay: t.problem.Relay, test: test, planned: planned}
	for n := range planned {
		r, err := t.runPass(ctx, p, n)
		if errors.Is(err, errHandedOn) {
			// A token may be given to many calls. All copies of the token count
			// as output of the submission.
			p.result.Stopped = judge.StoppedForOutput
			break
		}
		if err != nil {
			return p, fmt.Errorf("pass %d: %w", n+1, err)
		}
		p.add(r)
		if judge.Classify(r, t.allowed()) != judge.AC {
			break
		}
	}
	return p, nil
}

// runPass runs one pass in a process of its own. Between two passes the box kills
// all processes and wipes all files.
func (t *trial) runPass(ctx context.Context, p *passes, n int) (judge.Result, error) {
	in, out := &spool{}, &spool{}
	defer in.close()
	bounded := &passInput{ctx: ctx, to: in, left: p.test.Input.Size + t.limits.Output}
	err := p.reading(func(test io.Reader, before []*io.SectionReader) error {
		return p.relay.Input(n, test, before, bounded)
	})
	if err != nil {
		return judge.Result{}, err
	}
	p.outputs = append(p.outputs, out)
	stdin, err := in.reader()
	if err != nil {
		return judge.Result{}, err
	}
	begin := time.Now()
	r, err := t.box.Run(ctx, judge.Run{Args: p.test.Args, Stdin: stdin, Stdout: out}, t.limits)
	t.steps.Tests += since(begin)
	t.steps.Own += r.Wall.Microseconds()
	return r, errors.Join(err, out.err)
}

// errHandedOn is why a pass is not run.
var errHandedOn = errors.New("more is handed on than the output limit")

// passInput writes the input of a pass: the test's part, and at most the output
// limit of what earlier passes hand on.
type passInput struct {
	ctx  context.Context //nolint:containedctx // of the judging that waits for the writing
	to   io.Writer
	left judge.Bytes
}

func (h *passInput) Write(p []byte) (int, error) {
	if err := h.ctx.Err(); err != nil {
		return 0, err
	}
	if h.left -= judge.Bytes(len(p)); h.left < 0 {
		return 0, errHandedOn
	}
	return h.to.Write(p)
}

func (p *passes) add(r judge.Result) {
	before := p.result
	p.result = r
	p.result.CPU = max(r.CPU, before.CPU)
	p.result.Wall = max(r.Wall, before.Wall)
	p.result.Memory = max(r.Memory, before.Memory)
	// Each pass has its share of what is shown, so that the prints of the first
	// pass do not crowd out those of the last.
	share := min(len(r.Stderr), int(maxPrints)/p.planned)
	p.result.StderrTruncated = before.StderrTruncated || r.StderrTruncated || share < len(r.Stderr)
	p.result.Stderr = slices.Concat(before.Stderr, r.Stderr[:share])
}

// partial reports whether there are passes that did not run.
func (p *passes) partial() bool { return len(p.outputs) < p.planned }

// reading opens the test and the outputs anew.
func (p *passes) reading(do func(test io.Reader, outputs []*io.SectionReader) error) error {
	var outputs []*io.SectionReader
	for _, s := range p.outputs {
		if s.err != nil {
			return s.err
		}
		outputs = append(outputs, s.section())
	}
	test, err := p.test.Input.Open()
	if err != nil {
		return fmt.Errorf("opening input: %w", err)
	}
	return errors.Join(do(test, outputs), test.Close())
}

// join writes the results of all passes. When the reader has decided and takes no
// more results, join reports no fault, since every fault would come later.
func (p *passes) join(to io.Writer) (fault judge.Fault, err error) {
	w := &endWatch{to: to}
	err = p.reading(func(test io.Reader, outputs []*io.SectionReader) error {
		fault, err = p.relay.Join(test, outputs, w)
		return err
	})
	if w.over {
		return judge.Fault{}, nil
	}
	return fault, err
}

// endWatch remembers that a writer takes no more.
type endWatch struct {
	to   io.Writer
	over bool
}

func (d *endWatch) Write(p []byte) (int, error) {
	n, err := d.to.Write(p)
	d.over = d.over || err != nil
	return n, err
}

// answers are the answers to the calls of the passes that ran. The caller closes
// them.
func (p *passes) answers() (*spool, error) {
	whole, err := p.test.Answer.Open()
	if err != nil {
		return nil, fmt.Errorf("opening answer: %w", err)
	}
	part := &spool{}
	err = p.reading(func(test io.Reader, _ []*io.SectionReader) error {
		return p.relay.Answer(len(p.outputs), test, whole, part)
	})
	if err = errors.Join(err, whole.Close(), part.err); err != nil {
		part.close()
		return nil, fmt.Errorf("answers of the passes that ran: %w", err)
	}
	return part, nil
}

func (p *passes) close() {
	for _, s := range p.outputs {
		s.close()
	}
}
