package harness

import (
	"bytes"
	"errors"
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
