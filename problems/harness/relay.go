package harness

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/docketjudge/docket/judge"
)

var _ judge.Relay = (*Relay)(nil)

// MaxInstances bounds how often a case of a signature with tokens constructs,
// since each instance is a process.
const MaxInstances = 8

// Relay divides tests of a class with tokens into passes, one for each
// instance that a case constructs, and hands tokens on from one to the next.
// What passes are given and return is in the package's documentation.
type Relay struct {
	sig *Signature
}

// Relay is what a problem with tokens runs its tests by, or nil.
func (h *Harness) Relay() *Relay {
	if !h.sig.Class || !h.sig.uses(Token) {
		return nil
	}
	return &Relay{h.sig}
}

// scripts goes through the cases of a test. It ends early, and without an
// error, when one returns errEnough.
func (r *Relay) scripts(test io.Reader, one func(number int, s *script) error) error {
	in := bufio.NewReaderSize(test, 64<<10)
	var text []byte
	var s script
	for number := 1; ; number++ {
		var err error
		if text, err = line(in, text[:0], math.MaxInt); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return fmt.Errorf("reading the test: %w", err)
		}
		if err := s.read(r.sig, text); err != nil {
			return fmt.Errorf("case %d of the test: %w", number, err)
		}
		if err := one(number, &s); errors.Is(err, errEnough) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

var errEnough = errors.New("enough")

// Passes implements [judge.Relay].
func (r *Relay) Passes(test io.Reader) (int, error) {
	most := 1
	err := r.scripts(test, func(number int, s *script) error {
		if s.instances() > MaxInstances {
			return fmt.Errorf("case %d of the test constructs %d times, which is more than %d", number, s.instances(), MaxInstances)
		}
		most = max(most, s.instances())
		return nil
	})
	return most, err
}

// Input implements [judge.Relay].
func (r *Relay) Input(n int, test io.Reader, outputs []*io.SectionReader, to io.Writer) error {
	results := readResults(outputs)
	w := pieces{bufio.NewWriterSize(to, 64<<10)}
	err := r.scripts(test, func(number int, s *script) error {
		fault, err := results.read(number, s)
		if err != nil {
			return err
		}
		if fault.Reason != "" || results.missing {
			return errEnough
		}
		if s.instances() <= n {
			return nil
		}
		return s.give(n, results, w)
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

// pieces are written one by one. An error stays with them until the end of the
// line, or Flush, reports it.
type pieces struct{ *bufio.Writer }

func (p pieces) text(s string)  { _, _ = p.WriteString(s) }
func (p pieces) bytes(b []byte) { _, _ = p.Write(b) }

func (p pieces) end() error {
	_, err := p.WriteString("]\n")
	return err
}

// give writes the calls of an instance as its process is given them.
func (s *script) give(instance int, results *results, w pieces) error {
	first := s.begins(instance)
	w.text("[")
	for i := first; i < s.begins(instance+1); i++ {
		c := &s.calls[i]
		if i > first {
			w.text(",")
		}
		w.text("[" + strconv.Quote(c.call.Name))
		for j, p := range c.call.Params {
			w.text(",")
			if p.Type.Kind != Token {
				w.bytes(c.args[j].of(s.text))
				continue
			}
			from, err := s.maker(i, j)
			if err != nil {
				return err
			}
			if from >= first {
				w.text(strconv.Itoa(from - first))
			} else if err := results.copy(w.Writer, s, from); err != nil {
				return err
			}
		}
		if c.handedOn {
			w.text(",true")
		}
		w.text("]")
	}
	return w.end()
}

// Join implements [judge.Relay].
func (r *Relay) Join(test io.Reader, outputs []*io.SectionReader, to io.Writer) (judge.Fault, error) {
	results := readResults(outputs)
	w := pieces{bufio.NewWriterSize(to, 64<<10)}
	cases := 0
	var fault judge.Fault
	err := r.scripts(test, func(number int, s *script) (err error) {
		cases = number
		if fault, err = results.read(number, s); err != nil {
			return err
		}
		if fault.Reason != "" || results.missing {
			return errEnough
		}
		return s.join(results, w)
	})
	if err != nil {
		return judge.Fault{}, err
	}
	if err := w.Flush(); err != nil {
		return judge.Fault{}, err
	}
	if fault.Reason == "" && !results.missing {
		more, err := results.more()
		if err != nil {
			return judge.Fault{}, err
		}
		if more {
			fault = judge.Fault{Case: cases + 1, Reason: tooMany}
		}
	}
	return fault, nil
}

// join writes the results of a case, as one process would.
func (s *script) join(results *results, w pieces) error {
	w.text("[")
	for i := range s.begins(len(results.of)) {
		if i > 0 {
			w.text(",")
		}
		if s.calls[i].handedOn {
			w.text("null")
		} else if err := results.copy(w.Writer, s, i); err != nil {
			return err
		}
	}
	return w.end()
}

// Answer implements [judge.Relay].
func (r *Relay) Answer(n int, test, answer io.Reader, to io.Writer) error {
	in := bufio.NewReaderSize(answer, 64<<10)
	w := pieces{bufio.NewWriterSize(to, 64<<10)}
	var text []byte
	var spans []span
	err := r.scripts(test, func(number int, s *script) (err error) {
		if text, err = line(in, text[:0], math.MaxInt); err != nil {
			return fmt.Errorf("reading the answer of case %d: %w", number, err)
		}
		if spans, err = elements(text, spans[:0]); err != nil {
			return fmt.Errorf("the answer of case %d: %w", number, err)
		}
		w.text("[")
		for i, one := range spans[:min(len(spans), s.begins(n))] {
			if i > 0 {
				w.text(",")
			}
			w.bytes(one.of(text))
		}
		return w.end()
	})
	if err != nil {
		return err
	}
	return w.Flush()
}
