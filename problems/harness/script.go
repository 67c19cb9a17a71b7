package harness

import (
	"bytes"
	"fmt"
	"strconv"
)

// script is a case of a class: its calls, and which of them are made on which
// instance.
type script struct {
	text   []byte
	calls  []scriptCall
	starts []int  // the first call of each instance
	spans  []span // of the elements of all calls
}

// scriptCall is a call of a case.
type scriptCall struct {
	call     *Call
	args     []span
	instance int // from 0
	handedOn bool
}

// read takes a case apart. The text must stay as it is while the script is
// used.
func (s *script) read(sig *Signature, text []byte) error {
	s.text, s.calls, s.starts = text, s.calls[:0], s.starts[:0]
	whole, err := elements(text, s.spans[:0])
	if err != nil {
		return err
	}
	n := len(whole)
	s.spans = whole
	for i := range n {
		begin := len(s.spans)
		at := s.spans[i]
		if s.spans, err = elements(at.of(text), s.spans); err != nil || len(s.spans) == begin {
			return fmt.Errorf("call %d must be an array that begins with a name", i+1)
		}
		for j := begin; j < len(s.spans); j++ {
			s.spans[j].begin += at.begin
			s.spans[j].end += at.begin
		}
		name := s.spans[begin].of(text)
		c := sig.call(string(bytes.Trim(name, `"`)))
		if c == nil || len(s.spans)-begin != 1+len(c.Params) {
			return fmt.Errorf("call %d: %s is none of the signature's", i+1, clip(name, 60))
		}
		if c == &sig.Calls[0] {
			s.starts = append(s.starts, i)
		}
		if len(s.starts) == 0 {
			return fmt.Errorf("the first call must be %s, which constructs", sig.Calls[0].Name)
		}
		s.calls = append(s.calls, scriptCall{call: c, instance: len(s.starts) - 1})
	}
	// The spans have stopped moving.
	at := n
	for i := range s.calls {
		c := &s.calls[i]
		c.args = s.spans[at+1 : at+1+len(c.call.Params)]
		at += 1 + len(c.call.Params)
		for j, p := range c.call.Params {
			if p.Type.Kind != Token {
				continue
			}
			from, err := s.maker(i, j)
			if err != nil {
				return err
			}
			if s.calls[from].instance < c.instance {
				s.calls[from].handedOn = true
			}
		}
	}
	return nil
}

// maker is the call that made the token which an argument names.
func (s *script) maker(call, arg int) (int, error) {
	text := s.calls[call].args[arg].of(s.text)
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 0 || n >= call || !s.calls[n].call.makesToken() {
		return 0, fmt.Errorf("call %d: %s is not the index, from 0, of an earlier call that returned a token", call+1, clip(text, 60))
	}
	return n, nil
}

// instances counts how often the case constructs.
func (s *script) instances() int { return len(s.starts) }

// begins is the index of the first call of an instance, or the number of calls
// where there is no such instance.
func (s *script) begins(instance int) int {
	if instance < len(s.starts) {
		return s.starts[instance]
	}
	return len(s.calls)
}

func (c *Call) makesToken() bool { return c.Result != nil && c.Result.Kind == Token }
