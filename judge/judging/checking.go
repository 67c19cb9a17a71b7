package judging

import (
	"bytes"
	"fmt"
	"io"

	"github.com/docketjudge/docket/judge"
)

// streamCheck runs a checker on what is written to it. A short output is
// held and checked at the end, which costs no goroutine; a longer one flows
// to the checker while it is written, so that it is never held whole.
type streamCheck struct {
	checker judge.Checker
	test    *judge.Test
	answer  io.Reader
	held    []byte
	pipe    *io.PipeWriter
	done    chan checked
}

type checked struct {
	finding judge.Finding
	err     error
}

const holdOutput = 64 << 10

func newStreamCheck(c judge.Checker, t *judge.Test, answer io.Reader) *streamCheck {
	return &streamCheck{checker: c, test: t, answer: answer}
}

func (s *streamCheck) Write(p []byte) (int, error) {
	if s.pipe == nil {
		if len(s.held)+len(p) <= holdOutput {
			s.held = append(s.held, p...)
			return len(p), nil
		}
		r, w := io.Pipe()
		s.pipe, s.done = w, make(chan checked, 1)
		held := s.held
		s.held = nil
		go func() {
			finding, err := judge.Check(s.checker, s.test.Input, io.MultiReader(bytes.NewReader(held), r), s.answer)
			// What comes after a decision is of no interest: writes to a
			// closed pipe fail and the caller discards the rest.
			_ = r.Close()
			s.done <- checked{finding, err}
		}()
	}
	return s.pipe.Write(p)
}

// finish returns the checker's decision on all that was written.
func (s *streamCheck) finish() (judge.Finding, error) {
	var c checked
	if s.pipe == nil {
		c.finding, c.err = judge.Check(s.checker, s.test.Input, bytes.NewReader(s.held), s.answer)
	} else {
		_ = s.pipe.Close()
		c = <-s.done
	}
	if c.err != nil {
		return judge.Finding{}, fmt.Errorf("checking output: %w", c.err)
	}
	return c.finding, nil
}
