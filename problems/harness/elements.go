package harness

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// span is a piece of a text, from begin up to end.
type span struct{ begin, end int64 }

func (s span) of(text []byte) []byte { return text[s.begin:s.end] }

var errNotArray = errors.New("it is not an array")

// elements appends where the elements of an array of JSON lie in its text. It
// looks at brackets and strings only; what stands in an element is not read.
func elements(text []byte, into []span) ([]span, error) {
	s := splitter{}
	for i := 0; i < len(text); i++ {
		if s.inString && !s.escaped {
			// Most of a long text is neither its end nor an escape.
			n := bytes.IndexAny(text[i:], `"\`)
			if n < 0 {
				return into, errNotArray
			}
			i += n
		}
		done, bad := s.next(int64(i), text[i])
		if bad {
			return into, errNotArray
		}
		if done {
			into = append(into, s.element)
		}
	}
	if !s.over {
		return into, errNotArray
	}
	return into, nil
}

// splitter finds the elements of an array, byte by byte. It knows no more of
// JSON than brackets and strings; whoever reads the elements sees whether they
// are values.
type splitter struct {
	element  span // the one that has ended
	begin    int64
	last     int64 // one past the last byte that was not a blank
	depth    int
	inString bool
	escaped  bool
	some     bool // the element under way has begun
	comma    bool // another element must follow
	over     bool
}

// next takes a byte and its place. Done means that an element has ended, bad
// that the text is no array.
func (s *splitter) next(at int64, c byte) (done, bad bool) {
	if s.inString {
		s.last = at + 1
		switch {
		case s.escaped:
			s.escaped = false
		case c == '\\':
			s.escaped = true
		case c == '"':
			s.inString = false
		}
		return false, false
	}
	switch c {
	case ' ', '\t', '\r', '\n':
		return false, false
	}
	switch {
	case s.over:
		return false, true
	case s.depth == 0:
		s.depth = 1
		return false, c != '['
	case s.depth == 1 && c == ',':
		if !s.some {
			return false, true
		}
		s.element, s.some, s.comma = span{s.begin, s.last}, false, true
		return true, false
	case s.depth == 1 && c == ']':
		s.over = true
		if !s.some {
			return false, s.comma
		}
		s.element, s.some = span{s.begin, s.last}, false
		return true, false
	}
	if !s.some {
		s.begin, s.some = at, true
	}
	s.last = at + 1
	switch c {
	case '"':
		s.inString = true
	case '[', '{':
		s.depth++
	case ']', '}':
		s.depth--
		return false, s.depth < 1
	}
	return false, false
}

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
	whole    span // in the case
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
		s.calls = append(s.calls, scriptCall{call: c, whole: at, instance: len(s.starts) - 1})
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

// window reads pieces of something long, most of them one after another.
type window struct {
	from  io.ReaderAt
	buf   []byte
	begin int64
}

const windowSize = 64 << 10

// copy writes a piece.
func (w *window) copy(to io.Writer, s span) error {
	for s.begin < s.end {
		if s.begin < w.begin || s.begin >= w.begin+int64(len(w.buf)) {
			if err := w.fill(s.begin); err != nil {
				return err
			}
		}
		part := w.buf[s.begin-w.begin:]
		part = part[:min(int64(len(part)), s.end-s.begin)]
		if _, err := to.Write(part); err != nil {
			return err
		}
		s.begin += int64(len(part))
	}
	return nil
}

func (w *window) fill(at int64) error {
	if w.buf == nil {
		w.buf = make([]byte, windowSize)
	}
	n, err := w.from.ReadAt(w.buf[:windowSize], at)
	w.buf, w.begin = w.buf[:n], at
	if n == 0 {
		return fmt.Errorf("reading results again: %w", err)
	}
	return nil
}
