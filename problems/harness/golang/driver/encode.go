package driver

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"
)

// flushAt is how much is gathered before it is written: what the pipe of a
// box holds in one go, and little beside the data itself.
const flushAt = 64 << 10

// Encoder writes JSON. What the solution returns is whatever it is; nothing
// here fails for it.
type Encoder struct {
	out  io.Writer
	buf  []byte
	mark int // where the result of the case under way begins
	err  error
}

// NewEncoder returns an encoder that writes to out when it has gathered
// enough, and when it is flushed.
func NewEncoder(out io.Writer) *Encoder {
	return &Encoder{out: out, buf: make([]byte, 0, flushAt+4096)}
}

// Flush writes what was gathered. Nobody is there to be told of a failure: a
// result that does not arrive is missing.
func (e *Encoder) Flush() {
	if e.err == nil && len(e.buf) > 0 {
		_, e.err = e.out.Write(e.buf)
	}
	e.buf, e.mark = e.buf[:0], 0
}

// Raw writes a piece of JSON as it is.
func (e *Encoder) Raw(b byte) {
	e.buf = append(e.buf, b)
	if len(e.buf) >= flushAt {
		e.Flush()
	}
}

// Separate writes the comma before every element but the first.
func (e *Encoder) Separate(index int) {
	if index > 0 {
		e.Raw(',')
	}
}

// Null writes null.
func (e *Encoder) Null() { e.buf = append(e.buf, "null"...) }

// Long writes an integer.
func (e *Encoder) Long(n int64) { e.buf = strconv.AppendInt(e.buf, n, 10) }

// Int writes an integer.
func (e *Encoder) Int(n int) { e.Long(int64(n)) }

// Double writes a number. JSON has no infinities; their names are wrong
// everywhere, as they should be.
func (e *Encoder) Double(f float64) {
	if f-f != 0 {
		e.String(strconv.FormatFloat(f, 'g', -1, 64))
		return
	}
	begin := len(e.buf)
	e.buf = strconv.AppendFloat(e.buf, f, 'g', -1, 64)
	if !bytes.ContainsAny(e.buf[begin:], ".e") {
		e.buf = append(e.buf, ".0"...) // a double is told by how it is written
	}
}

// Bool writes true or false.
func (e *Encoder) Bool(b bool) { e.buf = strconv.AppendBool(e.buf, b) }

// String writes a string. Of bytes that are not UTF-8 each becomes half of a
// surrogate pair, which is no text either: the judge has the same words for both.
func (e *Encoder) String(s string) {
	e.Raw('"')
	begin := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r != utf8.RuneError || size > 1 {
				i += size
				continue
			}
		}
		e.buf = append(e.buf, s[begin:i]...)
		switch {
		case c >= utf8.RuneSelf:
			e.buf = append(e.buf, `\udcff`...)
		case c == '"' || c == '\\':
			e.buf = append(e.buf, '\\', c)
		case c == '\n':
			e.buf = append(e.buf, '\\', 'n')
		default:
			const digits = "0123456789abcdef"
			e.buf = append(e.buf, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		}
		i++
		begin = i
	}
	e.buf = append(e.buf, s[begin:]...)
	e.Raw('"')
}

// Token writes a text that another process is given, and null for all others.
func (e *Encoder) Token(s string, handedOn bool) {
	if handedOn {
		e.String(s)
	} else {
		e.Null()
	}
}

// WriteSlice writes an array; nil is the empty one.
func WriteSlice[T any](e *Encoder, s []T, element func(*Encoder, T)) {
	e.Raw('[')
	for i, v := range s {
		e.Separate(i)
		element(e, v)
	}
	e.Raw(']')
}

// WriteOptional writes a value that may be absent.
func WriteOptional[T any](e *Encoder, v *T, value func(*Encoder, T)) {
	if v == nil {
		e.Null()
		return
	}
	value(e, *v)
}

// WriteMap writes an object in the order of its keys.
func WriteMap[T any](e *Encoder, m map[string]T, value func(*Encoder, T)) {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	e.Raw('{')
	for i, k := range keys {
		e.Separate(i)
		e.String(k)
		e.Raw(':')
		value(e, m[k])
	}
	e.Raw('}')
}
