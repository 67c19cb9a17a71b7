package signature

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/docketjudge/docket/problems/harness/jsonline"
)

// Script is a case of a class that fits its signature: its calls, and which of
// them are made on which instance. One that was read may read another case.
type Script struct {
	Text  []byte // of the case
	Calls []ScriptCall

	starts []int           // the first call of each instance
	spans  []jsonline.Span // of the elements of all calls
}

// ScriptCall is a call of a case.
type ScriptCall struct {
	Call     *Call
	Args     []jsonline.Span // in the case's text
	Instance int             // from 0
	HandedOn bool            // its token goes to another instance
}

// Read takes a case apart. The text must stay as it is while the script is used.
// The error is that the case does not fit the signature.
func (s *Script) Read(sig *Signature, text []byte) error {
	s.Text, s.Calls, s.starts = text, s.Calls[:0], s.starts[:0]
	whole, err := jsonline.Elements(text, s.spans[:0])
	if err != nil {
		return err
	}
	n := len(whole)
	s.spans = whole
	for i := range n {
		begin := len(s.spans)
		at := s.spans[i]
		if s.spans, err = jsonline.Elements(at.Of(text), s.spans); err != nil || len(s.spans) == begin {
			return fmt.Errorf("call %d must be an array that begins with a name", i+1)
		}
		for j := begin; j < len(s.spans); j++ {
			s.spans[j].Begin += at.Begin
			s.spans[j].End += at.Begin
		}
		name := s.spans[begin].Of(text)
		c := sig.Call(string(bytes.Trim(name, `"`)))
		if c == nil || len(s.spans)-begin != 1+len(c.Params) {
			return fmt.Errorf("call %d: %s is none of the signature's", i+1, jsonline.Clip(name, 60))
		}
		if c == &sig.Calls[0] {
			s.starts = append(s.starts, i)
		}
		if len(s.starts) == 0 {
			return fmt.Errorf("the first call must be %s, which constructs", sig.Calls[0].Name)
		}
		s.Calls = append(s.Calls, ScriptCall{Call: c, Instance: len(s.starts) - 1})
	}
	// The spans have stopped moving.
	at := n
	for i := range s.Calls {
		c := &s.Calls[i]
		c.Args = s.spans[at+1 : at+1+len(c.Call.Params)]
		at += 1 + len(c.Call.Params)
		for j, p := range c.Call.Params {
			if p.Type.Kind != Token {
				continue
			}
			from, err := s.Maker(i, j)
			if err != nil {
				return err
			}
			if s.Calls[from].Instance < c.Instance {
				s.Calls[from].HandedOn = true
			}
		}
	}
	return nil
}

// Maker is the index of the call that made the token which an argument names.
func (s *Script) Maker(call, arg int) (int, error) {
	text := s.Calls[call].Args[arg].Of(s.Text)
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 0 || n >= call || !s.Calls[n].Call.makesToken() {
		return 0, fmt.Errorf("call %d: %s is not the index, from 0, of an earlier call that returned a token", call+1, jsonline.Clip(text, 60))
	}
	return n, nil
}

// Instances counts how often the case constructs.
func (s *Script) Instances() int { return len(s.starts) }

// Begins is the index of the first call of an instance, or the number of calls
// where there is no such instance.
func (s *Script) Begins(instance int) int {
	if instance < len(s.starts) {
		return s.starts[instance]
	}
	return len(s.Calls)
}

func (c *Call) makesToken() bool { return c.Result != nil && c.Result.Kind == Token }
