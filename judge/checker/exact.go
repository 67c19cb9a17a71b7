package checker

import (
	"bytes"
	"fmt"
)

// bytes compares byte by byte.
func (c *comparison) bytes() {
	for {
		x, y := c.out.fill(), c.ans.fill()
		if c.out.failed() != nil || c.ans.failed() != nil {
			return
		}
		a, b := c.out.rest(), c.ans.rest()
		n := common(a, b)
		c.line += int64(bytes.Count(a[:n], []byte{'\n'}))
		c.col += int64(n)
		c.out.i += n
		c.ans.i += n
		a, b = a[n:], b[n:]
		switch {
		case !x && !y:
			return
		case !x && len(b) > 0:
			c.say(c.byteHere(), "the output ends, expected "+quote(b[:1]), "is missing")
			return
		case !y && len(a) > 0:
			c.say(c.byteHere(), "actual "+quote(a[:1])+", expected the end", "is too much")
			return
		case len(a) > 0 && len(b) > 0:
			c.say(c.byteHere(), "actual "+quote(a[:1])+", expected "+quote(b[:1]), "differs")
			return
		}
	}
}

func (c *comparison) byteHere() string { return fmt.Sprintf("byte %d (line %d)", c.col+1, c.line) }
