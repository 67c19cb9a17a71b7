package jsonline

import (
	"bytes"
	"errors"
)

// Span is a piece of a text, from Begin up to End, in bytes.
type Span struct{ Begin, End int64 }

// Of returns the piece.
func (s Span) Of(text []byte) []byte { return text[s.Begin:s.End] }

var errNotArray = errors.New("it is not an array")

// Elements appends where the elements of an array of JSON lie in its text. It
// looks at brackets and strings only; what stands in an element is not read. The
// error is that the text is no array.
func Elements(text []byte, into []Span) ([]Span, error) {
	s := Splitter{}
	for i := 0; i < len(text); i++ {
		if s.InText() {
			// Most of a long text is neither its end nor an escape.
			n := bytes.IndexAny(text[i:], `"\`)
			if n < 0 {
				return into, errNotArray
			}
			i += n
		}
		done, bad := s.Next(int64(i), text[i])
		if bad {
			return into, errNotArray
		}
		if done {
			into = append(into, s.Element)
		}
	}
	if !s.Over {
		return into, errNotArray
	}
	return into, nil
}

// Splitter finds the elements of an array that is too long to hold, byte by byte.
// It knows no more of JSON than brackets and strings; whoever reads the elements
// sees whether they are values. The zero value is ready for use.
type Splitter struct {
	Element Span // the one that has ended
	Over    bool // the array has ended

	begin    int64
	last     int64 // one past the last byte that was not a blank
	depth    int
	inString bool
	escaped  bool
	some     bool // the element under way has begun
	comma    bool // another element must follow
}

// InText reports whether the next byte belongs to a string, and all that follow it
// up to a quotation mark or a backslash. They need not be given to Next.
func (s *Splitter) InText() bool { return s.inString && !s.escaped }

// Next takes a byte and its place. Done means that an element has ended, bad
// that the text is no array.
func (s *Splitter) Next(at int64, c byte) (done, bad bool) {
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
	case s.Over:
		return false, true
	case s.depth == 0:
		s.depth = 1
		return false, c != '['
	case s.depth == 1 && c == ',':
		if !s.some {
			return false, true
		}
		s.Element, s.some, s.comma = Span{s.begin, s.last}, false, true
		return true, false
	case s.depth == 1 && c == ']':
		s.Over = true
		if !s.some {
			return false, s.comma
		}
		s.Element, s.some = Span{s.begin, s.last}, false
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
