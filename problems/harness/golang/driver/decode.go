package driver

import (
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Decoder reads JSON values whose types are known beforehand. The judge has
// checked the input against the signature, so commas and colons are passed
// over like white space and what should not be there ends the process.
type Decoder struct {
	in    io.Reader
	buf   []byte
	pos   int
	ended bool
	text  []byte // of the last string
}

// NewDecoder returns a decoder of everything that in holds.
func NewDecoder(in io.Reader) *Decoder {
	return &Decoder{in: in, buf: make([]byte, 0, 64<<10)}
}

// fill reads more. It returns false at the end of the input.
func (d *Decoder) fill() bool {
	for !d.ended {
		n, err := d.in.Read(d.buf[:cap(d.buf)])
		d.buf, d.pos = d.buf[:n], 0
		d.ended = err != nil
		if n > 0 {
			return true
		}
	}
	d.buf, d.pos = d.buf[:0], 0
	return false
}

// peek is the next byte of a value, or 0 at the end.
func (d *Decoder) peek() byte {
	for {
		for ; d.pos < len(d.buf); d.pos++ {
			switch c := d.buf[d.pos]; c {
			case ' ', '\n', '\t', '\r', ',', ':':
			default:
				return c
			}
		}
		if !d.fill() {
			return 0
		}
	}
}

// next is the next byte, whatever it is, or 0 at the end.
func (d *Decoder) next() byte {
	if d.pos == len(d.buf) && !d.fill() {
		return 0
	}
	c := d.buf[d.pos]
	d.pos++
	return c
}

func (d *Decoder) expect(c byte) {
	if got := d.peek(); got != c {
		panic(broken("the input has " + strconv.QuoteRune(rune(got)) + " in the place of " + strconv.QuoteRune(rune(c))))
	}
	d.pos++
}

// broken is the panic of an input that is not what the judge promised.
type broken string

// More reports whether there is another case.
func (d *Decoder) More() bool { return d.peek() != 0 }

// Open reads the bracket before arguments or calls.
func (d *Decoder) Open() { d.expect('[') }

// Close reads the bracket after arguments or calls.
func (d *Decoder) Close() { d.expect(']') }

// Another reports whether the array that was opened has another element, and
// reads its end when it has none.
func (d *Decoder) Another() bool {
	if d.peek() != ']' {
		return true
	}
	d.pos++
	return false
}

// Null reads a null if there is one.
func (d *Decoder) Null() bool {
	if d.peek() != 'n' {
		return false
	}
	d.word("null")
	return true
}

func (d *Decoder) word(w string) {
	for i := range len(w) {
		if d.next() != w[i] {
			panic(broken("the input has no " + w + " where it should"))
		}
	}
}

// Long reads an integer.
func (d *Decoder) Long() int64 {
	c := d.peek()
	negative := c == '-'
	if negative {
		d.pos++
	}
	var n uint64
	for digits := 0; ; digits++ {
		if d.pos == len(d.buf) && !d.fill() {
			break
		}
		c = d.buf[d.pos]
		if c < '0' || c > '9' {
			if digits == 0 {
				panic(broken("the input has " + strconv.QuoteRune(rune(c)) + " in the place of a number"))
			}
			break
		}
		n = n*10 + uint64(c-'0')
		d.pos++
	}
	if negative {
		return -int64(n) // the lowest is its own negative
	}
	return int64(n)
}

// Int reads an integer.
func (d *Decoder) Int() int { return int(d.Long()) }

// Double reads a number.
func (d *Decoder) Double() float64 {
	d.peek()
	d.text = d.text[:0]
	for d.pos < len(d.buf) || d.fill() {
		c := d.buf[d.pos]
		if c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E' && (c < '0' || c > '9') {
			break
		}
		d.text = append(d.text, c)
		d.pos++
	}
	f, err := strconv.ParseFloat(string(d.text), 64)
	if err != nil {
		panic(broken("the input has no number where it should: " + err.Error()))
	}
	return f
}

// Bool reads true or false.
func (d *Decoder) Bool() bool {
	if d.peek() == 't' {
		d.word("true")
		return true
	}
	d.word("false")
	return false
}

// String reads a string.
func (d *Decoder) String() string { return string(d.Bytes()) }

// Bytes reads a string. It is good until the next one is read.
func (d *Decoder) Bytes() []byte {
	d.expect('"')
	d.text = d.text[:0]
	for {
		// What needs no care is taken in one go.
		begin := d.pos
		for d.pos < len(d.buf) && d.buf[d.pos] != '"' && d.buf[d.pos] != '\\' {
			d.pos++
		}
		d.text = append(d.text, d.buf[begin:d.pos]...)
		if d.pos == len(d.buf) {
			if !d.fill() {
				panic(broken("the input ends within a string"))
			}
			continue
		}
		d.pos++
		if d.buf[d.pos-1] == '"' {
			return d.text
		}
		d.escape()
	}
}

func (d *Decoder) escape() {
	switch c := d.next(); c {
	case 'b':
		d.text = append(d.text, '\b')
	case 'f':
		d.text = append(d.text, '\f')
	case 'n':
		d.text = append(d.text, '\n')
	case 'r':
		d.text = append(d.text, '\r')
	case 't':
		d.text = append(d.text, '\t')
	case 'u':
		r := d.hex()
		if utf16.IsSurrogate(r) {
			if d.next() != '\\' || d.next() != 'u' {
				panic(broken("the input has half a surrogate pair"))
			}
			r = utf16.DecodeRune(r, d.hex())
		}
		d.text = utf8.AppendRune(d.text, r)
	default:
		d.text = append(d.text, c)
	}
}

func (d *Decoder) hex() rune {
	var r rune
	for range 4 {
		c := d.next()
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			panic(broken("the input has a bad escape"))
		}
		r = r<<4 | rune(c)
	}
	return r
}

// Token reads a token: the index of the call that made it, or its text where
// another process made it.
func (d *Decoder) Token(made map[int]string) string {
	if d.peek() == '"' {
		return d.String()
	}
	return made[d.Int()]
}

// HandedOn reads the mark at the end of a call whose token another process is
// given.
func (d *Decoder) HandedOn() bool { return d.peek() != ']' && d.Bool() }

// Slice reads an array, which is never nil.
func Slice[T any](d *Decoder, element func(*Decoder) T) []T {
	d.Open()
	out := []T{}
	for d.Another() {
		out = append(out, element(d))
	}
	return out
}

// Optional reads a value that may be absent.
func Optional[T any](d *Decoder, value func(*Decoder) T) *T {
	if d.Null() {
		return nil
	}
	v := value(d)
	return &v
}

// OrNil reads a value that may be absent, of a type that has a nil of its own.
func OrNil[T any](d *Decoder, value func(*Decoder) T) T {
	if d.Null() {
		var none T
		return none
	}
	return value(d)
}

// Map reads an object, which is never nil.
func Map[T any](d *Decoder, value func(*Decoder) T) map[string]T {
	d.expect('{')
	out := map[string]T{}
	for d.peek() != '}' {
		key := d.String()
		if _, twice := out[key]; twice {
			panic(broken("the input has the key " + strconv.Quote(key) + " twice"))
		}
		out[key] = value(d)
	}
	d.pos++
	return out
}
