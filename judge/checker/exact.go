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
			c.reason = fmt.Sprintf("byte %d (line %d): the output ends, expected %s", c.col+1, c.line, quote(b[:1]))
			return
		case !y && len(a) > 0:
			c.reason = fmt.Sprintf("byte %d (line %d): actual %s, expected the end", c.col+1, c.line, quote(a[:1]))
			return
		case len(a) > 0 && len(b) > 0:
			c.reason = fmt.Sprintf("byte %d (line %d): actual %s, expected %s", c.col+1, c.line, quote(a[:1]), quote(b[:1]))
			return
		}
	}
}
