package results

import (
	"bufio"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/docketjudge/docket/problems/harness/jsonline"
)

// text is a line of JSON that is read once, a byte at a time. Of what comes out
// of a box no more than the beginning is held; an answer lies in memory.
type text struct {
	head []byte        // what it begins with
	pos  int           // in head
	in   *bufio.Reader // what follows, or nil
	left int           // how many bytes may follow

	err error // why it could not be read on; io.EOF at its end, jsonline.ErrTooLong
	bad bool  // it is not JSON
	odd bool  // it has a text that is not Unicode

	begun   []byte // its beginning
	shown   []byte // the beginning of the value under way
	showing bool
	buf     []byte // of the last number or key
}

// maxShownValue is how much of a value words show.
const maxShownValue = 60

// peek is the next byte, or 0 at the end of the line. JSON has no byte 0.
func (t *text) peek() byte {
	if t.pos < len(t.head) {
		return t.head[t.pos]
	}
	if t.in == nil || t.err != nil {
		return 0
	}
	b, err := t.in.Peek(1)
	switch {
	case err != nil:
		t.err = err
		return 0
	case b[0] == '\n':
		t.err = io.EOF
		_, _ = t.in.Discard(1) // it is there
		return 0
	case t.left == 0:
		t.err = jsonline.ErrTooLong
		return 0
	}
	return b[0]
}

// skip passes over the byte that was seen.
func (t *text) skip() {
	var c byte
	if t.pos < len(t.head) {
		c = t.head[t.pos]
		t.pos++
	} else {
		c, _ = t.in.ReadByte() // it was seen
		t.left--
		if len(t.begun) <= maxShownCase {
			t.begun = append(t.begun, c)
		}
	}
	if t.showing && len(t.shown) <= maxShownValue {
		t.shown = append(t.shown, c)
	}
}

// next is peek and skip. At the end it is 0 and passes over nothing.
func (t *text) next() byte {
	c := t.peek()
	if c != 0 {
		t.skip()
	}
	return c
}

func (t *text) blanks() byte {
	for {
		c := t.peek()
		if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return c
		}
		t.skip()
	}
}

// accept passes over a byte if it comes next, after blanks.
func (t *text) accept(c byte) bool {
	if t.blanks() != c {
		return false
	}
	t.skip()
	return true
}

// ended reports whether nothing but blanks follows.
func (t *text) ended() bool {
	return t.blanks() == 0 && (t.in == nil && t.pos == len(t.head) || t.err != nil)
}

// show begins to keep the beginning of a value for words.
func (t *text) show() {
	t.blanks()
	t.shown, t.showing = t.shown[:0], true
}

func (t *text) word() string { return jsonline.Clip(t.shown, maxShownValue) }

// beginning is what is shown of the line.
func (t *text) beginning() string {
	for len(t.begun) <= maxShownCase && t.peek() != 0 {
		t.skip()
	}
	// A byte 0 ends JSON, but not the line.
	return jsonline.Clip(t.begun, maxShownCase)
}

// whole is all of the line.
func (t *text) whole() []byte {
	line := append([]byte(nil), t.head...)
	for t.pos = len(t.head); ; t.skip() {
		c := t.peek()
		if c == 0 && t.err != nil {
			return line
		}
		line = append(line, c)
	}
}

// each goes through the elements of an array, whose bracket comes next, or the
// keys of an object.
func (t *text) each(closing byte, one func(i int)) (n int) {
	t.skip()
	if t.accept(closing) {
		return 0
	}
	for {
		one(n)
		n++
		if t.bad || t.accept(closing) {
			return n
		}
		if !t.accept(',') {
			t.bad = true
			return n
		}
	}
}

// maxNesting is how deeply values nest, as encoding/json has it.
const maxNesting = 10_000

// value passes over a value.
func (t *text) value(depth int) {
	switch c := t.blanks(); {
	case depth > maxNesting:
		t.bad = true
	case c == '[':
		t.each(']', func(int) { t.value(depth + 1) })
	case c == '{':
		t.each('}', func(int) {
			t.key(0)
			t.value(depth + 1)
		})
	case c == '"':
		t.skip()
		for more := true; more; {
			_, more = t.char()
		}
	case c == 't':
		t.literal("true")
	case c == 'f':
		t.literal("false")
	case c == 'n':
		t.literal("null")
	default:
		t.number()
	}
}

func (t *text) literal(w string) {
	for i := range len(w) {
		if t.next() != w[i] {
			t.bad = true
			return
		}
	}
}

// maxNumber is how long a number may be that is compared.
const maxNumber = 4 << 10

// number reads a number, of which no more is held than can be compared. It is
// good until the next number or key.
func (t *text) number() []byte {
	t.buf = t.buf[:0]
	take := func() {
		if c := t.peek(); len(t.buf) <= maxNumber {
			t.buf = append(t.buf, c)
		}
		t.skip()
	}
	digits := func() {
		if c := t.peek(); c < '0' || c > '9' {
			t.bad = true
		}
		for c := t.peek(); c >= '0' && c <= '9'; c = t.peek() {
			take()
		}
	}
	if t.peek() == '-' {
		take()
	}
	if t.peek() == '0' {
		take()
	} else {
		digits()
	}
	if t.peek() == '.' {
		take()
		digits()
	}
	if c := t.peek(); c == 'e' || c == 'E' {
		take()
		if c := t.peek(); c == '+' || c == '-' {
			take()
		}
		digits()
	}
	return t.buf
}

// nothing is a character that equals none, not even itself: bytes that are not
// UTF-8, or half of a surrogate pair.
const nothing rune = -1

// noByte stands for nothing in a key: UTF-8 has no such byte.
const noByte = 0xff

// char reads a character of a string, or its end.
func (t *text) char() (r rune, more bool) {
	switch c := t.next(); {
	case c == '"':
		return 0, false
	case c < ' ':
		t.bad = true
		return 0, false
	case c == '\\':
		r := t.escape()
		if !utf16.IsSurrogate(r) {
			return r, !t.bad
		}
		if t.peek() == '\\' {
			t.skip()
			if r = utf16.DecodeRune(r, t.escape()); r != utf8.RuneError {
				return r, !t.bad
			}
		}
		t.odd = true
		return nothing, !t.bad
	case c < utf8.RuneSelf:
		return rune(c), true
	default:
		bytes := [utf8.UTFMax]byte{c}
		n := 1
		for n < len(bytes) && !utf8.FullRune(bytes[:n]) && t.peek() >= utf8.RuneSelf {
			bytes[n] = t.next()
			n++
		}
		r, size := utf8.DecodeRune(bytes[:n])
		if size < n || r == utf8.RuneError && size == 1 {
			t.odd = true
			return nothing, true
		}
		return r, true
	}
}

// escape reads what follows a backslash: a character, or a unit of UTF-16.
func (t *text) escape() rune {
	switch c := t.next(); c {
	case '"', '\\', '/':
		return rune(c)
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'u':
		var r rune
		for range 4 {
			switch c := rune(t.next()); {
			case c >= '0' && c <= '9':
				r = r<<4 + c - '0'
			case c|0x20 >= 'a' && c|0x20 <= 'f':
				r = r<<4 + (c | 0x20) - 'a' + 10
			default:
				t.bad = true
				return 0
			}
		}
		return r
	}
	t.bad = true
	return 0
}

// key reads the key of an object and its colon. Of a key that is longer than
// most no more is held. It is good until the next number or key.
func (t *text) key(most int) []byte {
	t.buf = t.buf[:0]
	if t.blanks() != '"' {
		t.bad = true
		return t.buf
	}
	t.skip()
	for {
		r, more := t.char()
		if !more {
			break
		}
		switch {
		case len(t.buf) > most:
		case r == nothing:
			t.buf = append(t.buf, noByte)
		default:
			t.buf = utf8.AppendRune(t.buf, r)
		}
	}
	if !t.accept(':') {
		t.bad = true
	}
	return t.buf
}
