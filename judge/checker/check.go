package checker

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"

	"github.com/docketjudge/docket/judge"
)

// maxNumber is the longest token that is taken for a number. Longer ones are
// compared as text.
const maxNumber = 1024

// comparison is one check under way. Between its steps both sides stand at
// the same place: before white space or a token.
type comparison struct {
	rules
	out, ans window
	tokens   int64 // that agreed so far
	line     int64 // of the output
	col      int64 // bytes consumed: the offset for exact comparisons
	reason   string
	outline  string // the reason without data
	got      head
	want     head
}

// head is the beginning of a token, and how long the token is.
type head struct {
	b   [maxNumber]byte
	n   int // bytes of b
	len int64
}

func (h *head) add(b []byte) {
	h.len += int64(len(b))
	h.n += copy(h.b[h.n:], b)
}

func (h *head) number() (judge.Number, bool) {
	if h.len > int64(h.n) {
		return judge.Number{}, false
	}
	return judge.ParseNumber(h.b[:h.n])
}

// Check implements judge.Checker.
func (r rules) Check(output, answer io.Reader) (judge.Finding, error) {
	c := &comparison{rules: r, out: open(output), ans: open(answer), line: 1}
	defer c.out.close()
	defer c.ans.close()
	if r.exact {
		c.bytes()
	} else {
		c.run()
	}
	if err := c.out.failed(); err != nil {
		return judge.Finding{}, fmt.Errorf("reading the output: %w", err)
	}
	if err := c.ans.failed(); err != nil {
		return judge.Finding{}, fmt.Errorf("reading the answer: %w", err)
	}
	return judge.Finding{Reason: c.reason, Outline: c.outline}, nil
}

// run compares by tokens. What is alike byte for byte is passed over
// quickly; only where the sides differ are tokens looked at one by one.
func (c *comparison) run() {
	for {
		c.alike()
		if !c.spaces() || !c.token() {
			return
		}
	}
}

// alike consumes whole tokens that agree byte for byte, with the white space
// after them.
func (c *comparison) alike() {
	for c.out.fill() && c.ans.fill() {
		a := c.out.rest()
		n := common(a, c.ans.rest())
		for n > 0 && !space[a[n-1]] {
			n--
		}
		if n == 0 {
			return
		}
		was := true // at a boundary: the first byte of a token begins one
		tokens := int64(0)
		for _, ch := range a[:n] {
			is := space[ch]
			if was && !is {
				tokens++
			}
			was = is
		}
		c.tokens += tokens
		c.line += int64(bytes.Count(a[:n], []byte{'\n'}))
		c.out.i += n
		c.ans.i += n
	}
}

// common is the length of the longest common prefix.
func common(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for ; i+8 <= n; i += 8 {
		if x := binary.LittleEndian.Uint64(a[i:]) ^ binary.LittleEndian.Uint64(b[i:]); x != 0 {
			return i + bits.TrailingZeros64(x)/8
		}
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

// here is the place of the next token.
func (c *comparison) here() string { return fmt.Sprintf("token %d (line %d)", c.tokens+1, c.line) }

// say decides: what is wrong at a place, in words that may hold data, and in words
// that do not.
func (c *comparison) say(place, words, outline string) {
	c.reason, c.outline = place+": "+words, place+" "+outline
}

// spaces consumes white space on both sides. It returns false when that
// decided the check.
func (c *comparison) spaces() bool {
	if !c.spaced {
		c.line += int64(c.out.skipSpace())
		c.ans.skipSpace()
		return true
	}
	for {
		x, xs := c.out.peekSpace()
		y, ys := c.ans.peekSpace()
		switch {
		case xs && ys && x == y:
			if x == '\n' {
				c.line++
			}
			c.out.i++
			c.ans.i++
		case xs || ys:
			c.say("white space before "+c.here(), "actual "+spaceName(x, xs)+", expected "+spaceName(y, ys), "differs")
			return false
		default:
			return true
		}
	}
}

func (w *window) peekSpace() (byte, bool) {
	if !w.fill() || !space[w.buf[w.i]] {
		return 0, false
	}
	return w.buf[w.i], true
}

func spaceName(c byte, ok bool) string {
	if !ok {
		return "none"
	}
	return quote([]byte{c})
}

// token compares the next token of both sides. It returns false when that
// decided the check.
func (c *comparison) token() bool {
	x, y := c.out.fill(), c.ans.fill()
	switch {
	case c.out.failed() != nil || c.ans.failed() != nil:
		return false
	case !x && !y:
		return false
	case !y:
		c.got = head{}
		c.got.read(&c.out, quoted+1)
		c.say(c.here(), "actual "+c.got.quote()+", expected the end", "is too much")
		return false
	case !x:
		c.want = head{}
		c.want.read(&c.ans, quoted+1)
		c.say(c.here(), "the output ends, expected "+c.want.quote(), "is missing")
		return false
	}
	a, b := c.out.rest(), c.ans.rest()
	m, mEnded := tokenEnd(a)
	n, nEnded := tokenEnd(b)
	if mEnded && nEnded && m <= maxNumber && n <= maxNumber {
		c.out.i += m
		c.ans.i += n
		if c.agree(a[:m], b[:n]) {
			c.tokens++
			return true
		}
		c.differ(quote(a[:m]), quote(b[:n]))
		return false
	}
	return c.longToken()
}

// agree compares two whole tokens.
func (c *comparison) agree(got, want []byte) bool {
	if c.floats {
		if w, ok := judge.ParseNumber(want); ok {
			g, ok := judge.ParseNumber(got)
			return ok && c.within.Near(g, w)
		}
	}
	return c.same(got, want)
}

// same compares pieces of tokens as text.
func (c *comparison) same(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	if c.cased {
		return bytes.Equal(a, b)
	}
	b = b[:len(a)]
	for i, x := range a {
		if lower[x] != lower[b[i]] {
			return false
		}
	}
	return true
}

// lower folds ASCII letters and nothing else.
var lower = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
		if i >= 'A' && i <= 'Z' {
			t[i] += 'a' - 'A'
		}
	}
	return t
}()

// longToken compares tokens that are not wholly in memory, piece by piece.
func (c *comparison) longToken() bool {
	c.got, c.want = head{}, head{}
	same := true
	var a, b []byte // pieces of the tokens that are not yet compared
	for same {
		if len(a) == 0 {
			a = c.got.next(&c.out)
		}
		if len(b) == 0 {
			b = c.want.next(&c.ans)
		}
		n := min(len(a), len(b))
		if n == 0 {
			same = len(a) == len(b)
			break
		}
		same = c.same(a[:n], b[:n])
		a, b = a[n:], b[n:]
	}
	if !same && !c.floats {
		c.got.read(&c.out, quoted+1)
		c.want.read(&c.ans, quoted+1)
		c.differ(c.got.quote(), c.want.quote())
		return false
	}
	if !same {
		// Two numbers may be written differently, so both are needed whole.
		c.got.read(&c.out, maxNumber+1)
		c.want.read(&c.ans, maxNumber+1)
		w, ok := c.want.number()
		if ok {
			g, ok := c.got.number()
			same = ok && c.within.Near(g, w)
		}
	}
	if c.out.failed() != nil || c.ans.failed() != nil {
		return false
	}
	if !same {
		c.differ(c.got.quote(), c.want.quote())
		return false
	}
	c.tokens++
	return true
}

// next consumes the piece of a token that is in memory, reading more when
// nothing is. It returns nil at the token's end. The piece is valid until the
// window is filled again.
func (h *head) next(w *window) []byte {
	if !w.fill() {
		return nil
	}
	b := w.rest()
	n, _ := tokenEnd(b)
	w.i += n
	h.add(b[:n])
	return b[:n]
}

// read consumes a token until so many bytes of it are known or it ends.
func (h *head) read(w *window, most int64) {
	for more := true; more && h.len < most; {
		more = len(h.next(w)) > 0
	}
}

func (c *comparison) differ(got, want string) {
	c.say(c.here(), "actual "+got+", expected "+want, "differs")
}
