package passes

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/jsonline"
	"github.com/docketjudge/docket/problems/harness/results"
	"github.com/docketjudge/docket/problems/harness/signature"
)

var _ judge.Relay = (*Relay)(nil)

// Relay divides tests of a class with tokens into passes, one for each
// instance that a case constructs, and hands tokens on from one to the next.
// What passes are given and return is in the package's documentation.
type Relay struct {
	sig *signature.Signature
}

// New returns what a problem with tokens runs its tests by, or nil.
func New(sig *signature.Signature) *Relay {
	if !sig.Class || !sig.Uses(signature.Token) {
		return nil
	}
	return &Relay{sig}
}

// scripts goes through the cases of a test. It ends early, and without an
// error, when one returns errEnough.
func (r *Relay) scripts(test io.Reader, one func(number int, s *signature.Script) error) error {
	in := bufio.NewReaderSize(test, 64<<10)
	var text []byte
	var s signature.Script
	for number := 1; ; number++ {
		var err error
		if text, err = jsonline.Read(in, text[:0], math.MaxInt); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return fmt.Errorf("reading the test: %w", err)
		}
		if err := s.Read(r.sig, text); err != nil {
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
	err := r.scripts(test, func(number int, s *signature.Script) error {
		if s.Instances() > signature.MaxInstances {
			return fmt.Errorf("case %d of the test constructs %d times, which is more than %d", number, s.Instances(), signature.MaxInstances)
		}
		most = max(most, s.Instances())
		return nil
	})
	return most, err
}

// Input implements [judge.Relay].
func (r *Relay) Input(n int, test io.Reader, outputs []*io.SectionReader, to io.Writer) error {
	outs := readOutputs(outputs)
	w := pieces{bufio.NewWriterSize(to, 64<<10)}
	err := r.scripts(test, func(number int, s *signature.Script) error {
		fault, err := outs.read(number, s)
		if err != nil {
			return err
		}
		if fault.Reason != "" || outs.missing {
			return errEnough
		}
		if s.Instances() <= n {
			return nil
		}
		return give(s, n, outs, w)
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
func give(s *signature.Script, instance int, outs *outputs, w pieces) error {
	first := s.Begins(instance)
	w.text("[")
	for i := first; i < s.Begins(instance+1); i++ {
		c := &s.Calls[i]
		if i > first {
			w.text(",")
		}
		w.text("[" + strconv.Quote(c.Call.Name))
		for j, p := range c.Call.Params {
			w.text(",")
			if p.Type.Kind != signature.Token {
				w.bytes(c.Args[j].Of(s.Text))
				continue
			}
			from, err := s.Maker(i, j)
			if err != nil {
				return err
			}
			if from >= first {
				w.text(strconv.Itoa(from - first))
			} else if err := outs.copy(w.Writer, s, from); err != nil {
				return err
			}
		}
		if c.HandedOn {
			w.text(",true")
		}
		w.text("]")
	}
	return w.end()
}

// Join implements [judge.Relay].
func (r *Relay) Join(test io.Reader, outputs []*io.SectionReader, to io.Writer) (judge.Fault, error) {
	outs := readOutputs(outputs)
	w := pieces{bufio.NewWriterSize(to, 64<<10)}
	cases := 0
	var fault judge.Fault
	err := r.scripts(test, func(number int, s *signature.Script) (err error) {
		cases = number
		if fault, err = outs.read(number, s); err != nil {
			return err
		}
		if fault.Reason != "" || outs.missing {
			return errEnough
		}
		return join(s, outs, w)
	})
	if err != nil {
		return judge.Fault{}, err
	}
	if err := w.Flush(); err != nil {
		return judge.Fault{}, err
	}
	if fault.Reason == "" && !outs.missing {
		more, err := outs.more()
		if err != nil {
			return judge.Fault{}, err
		}
		if more {
			fault = judge.Fault{Case: cases + 1, Reason: results.TooMany}
		}
	}
	return fault, nil
}

// join writes the results of a case, as one process would.
func join(s *signature.Script, outs *outputs, w pieces) error {
	w.text("[")
	for i := range s.Begins(len(outs.of)) {
		if i > 0 {
			w.text(",")
		}
		if s.Calls[i].HandedOn {
			w.text("null")
		} else if err := outs.copy(w.Writer, s, i); err != nil {
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
	var spans []jsonline.Span
	err := r.scripts(test, func(number int, s *signature.Script) (err error) {
		if text, err = jsonline.Read(in, text[:0], math.MaxInt); err != nil {
			return fmt.Errorf("reading the answer of case %d: %w", number, err)
		}
		if spans, err = jsonline.Elements(text, spans[:0]); err != nil {
			return fmt.Errorf("the answer of case %d: %w", number, err)
		}
		w.text("[")
		for i, one := range spans[:min(len(spans), s.Begins(n))] {
			if i > 0 {
				w.text(",")
			}
			w.bytes(one.Of(text))
		}
		return w.end()
	})
	if err != nil {
		return err
	}
	return w.Flush()
}
