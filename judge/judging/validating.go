package judging

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/docketjudge/docket/judge"
)

// validate runs the submission, then the validator on what it printed.
func (l *lane) validate(ctx context.Context, g *judge.Group, t *judge.Test) (judge.Result, judge.Finding, error) {
	out := &spool{}
	defer out.close()
	n, err := l.passes(t)
	if err != nil {
		return judge.Result{}, judge.Finding{}, err
	}
	var (
		r     judge.Result
		fault judge.Fault
		cut   bool
	)
	if n > 1 {
		var p *passes
		p, fault, err = l.executeRelayed(ctx, t, n, out)
		r, cut = p.result, p.cut()
	} else {
		r, err = l.execute(ctx, t, out)
	}
	if err != nil {
		return r, judge.Finding{}, err
	}
	function := l.problem.Harness != nil
	fate := judge.Classify(r, l.limits.For(l.sub.Language))
	// A validator knows whole cases only, so results without those of a later
	// pass are none that it could look at.
	if fate == judge.OLE || fate != judge.AC && !function || cut {
		var f judge.Finding
		if function {
			err = tally(t, &f, false)
		}
		return r, f, err
	}
	// Of a function that died the validator says how many cases were right
	// before that.
	begin := time.Now()
	defer func() { l.steps.Check += since(begin) }()
	run := judge.ValidatorRun(t.Input, t.Answer, g.Flags)
	if run.Stdin, err = out.reader(); err != nil {
		return r, judge.Finding{}, err
	}
	v, err := l.vbox.Run(ctx, run, l.validatorLimits(l.problem))
	if err != nil {
		return r, judge.Finding{}, fmt.Errorf("output validator: %w", err)
	}
	finding, err := judge.ValidatorFinding(v)
	if err != nil {
		return r, finding, fmt.Errorf("output validator %w", err)
	}
	if !function {
		return r, finding, nil
	}
	finding.Passed = max(caseOf(finding.Reason)-1, 0)
	finding = withFault(finding, fault)
	if n := caseOf(finding.Reason); n > 0 && out.file == nil {
		if lines := textLines(out.held); n <= len(lines) {
			finding.Actual = clip(lines[n-1], int(maxCaseText))
		}
	}
	return r, finding, tally(t, &finding, true)
}

// interact runs submission and validator at once, each reading what the other
// prints.
//
// What the validator makes of what it has read comes first: if it rejects, how
// the submission ended does not matter. But validators also reject at the end of
// their input, and of a submission that crashed or met a limit that end says
// nothing new. Which of the two a rejection was for must not hang on who ended
// first. So the validator of such a submission is given all that was said and no
// end: it rejects that, or it asks for more and is stopped, and then how the
// submission ended is the verdict.
func (l *lane) interact(ctx context.Context, g *judge.Group, t *judge.Test) (judge.Result, judge.Finding, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	toValidator, toSubmission := newBacklog(), newBacklog()

	begin := time.Now()
	var (
		wg         sync.WaitGroup
		r, v       judge.Result
		rerr, verr error
	)
	fate := func() judge.Verdict { return judge.Classify(r, l.limits.For(l.sub.Language)) }
	wg.Go(func() {
		r, rerr = l.box.Run(ctx, judge.Run{Args: t.Args, Stdin: toSubmission, Stdout: toValidator}, l.limits)
		if rerr == nil && fate() != judge.AC {
			toValidator.cutOff()
		} else {
			toValidator.end()
		}
		toSubmission.stopReading() // what the validator still says is dropped
		if rerr != nil {
			cancel()
		}
	})
	wg.Go(func() {
		run := judge.ValidatorRun(t.Input, t.Answer, g.Flags)
		run.Stdin, run.Stdout = toValidator, toSubmission
		limits := l.validatorLimits(l.problem)
		// It waits for the submission, which may take all of its own time.
		limits.Wall += l.limits.Wall
		v, verr = l.vbox.Run(ctx, run, limits)
		toSubmission.end()
		toValidator.stopReading()
		if verr != nil {
			cancel()
		}
	})
	wg.Wait()
	l.steps.Tests += since(begin)
	if err := errors.Join(rerr, verr); err != nil {
		return r, judge.Finding{}, err
	}
	finding, err := judge.InteractiveFinding(v, fate())
	if err != nil {
		return r, judge.Finding{}, fmt.Errorf("output validator %w", err)
	}
	return r, finding, nil
}

// spool keeps an output until a validator reads it: in memory while it is
// short, then in a file without a name. An output within its limit that cannot
// be kept is an outage: no submission is to blame for it.
type spool struct {
	held []byte
	file *os.File
	size int64 // of the file
	err  error // boxes do not care what becomes of an output; reader does
}

const spoolInMemory = 1 << 20

func (s *spool) Write(p []byte) (int, error) {
	n, err := s.write(p)
	if err != nil && s.err == nil {
		s.err = fmt.Errorf("%w: keeping output: %w", judge.ErrOutage, err)
	}
	return n, err
}

func (s *spool) write(p []byte) (int, error) {
	if s.file != nil {
		n, err := s.file.Write(p)
		s.size += int64(n)
		return n, err
	}
	if len(s.held)+len(p) <= spoolInMemory {
		s.held = append(s.held, p...)
		return len(p), nil
	}
	f, err := os.CreateTemp("", "docket-output-")
	if err != nil {
		return 0, err
	}
	s.file = f
	if err := os.Remove(f.Name()); err != nil {
		return 0, err
	}
	n, err := f.Write(s.held)
	s.size = int64(n)
	if err != nil {
		return 0, err
	}
	s.held = nil
	n, err = f.Write(p)
	s.size += int64(n)
	return n, err
}

func (s *spool) reader() (io.Reader, error) {
	if s.err != nil {
		return nil, s.err
	}
	if s.file == nil {
		return bytes.NewReader(s.held), nil
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("%w: keeping output: %w", judge.ErrOutage, err)
	}
	return judge.Sized(s.file, judge.Bytes(s.size)), nil
}

// section reads what was kept, however often and in whatever order. It is good
// until the spool is closed.
func (s *spool) section() *io.SectionReader {
	if s.file == nil {
		return io.NewSectionReader(bytes.NewReader(s.held), 0, int64(len(s.held)))
	}
	return io.NewSectionReader(s.file, 0, s.size)
}

func (s *spool) close() {
	if s.file != nil {
		_ = s.file.Close()
	}
}
