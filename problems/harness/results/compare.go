package results

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/docketjudge/docket/problems/harness/signature"
)

// comparison compares a result with its answer. Both are read to their ends,
// since what is not JSON there makes all of it wrong.
type comparison struct {
	Checker
	got, want *text
	told      bool // there are words for a difference; others need none
}

// another is a difference that nobody is told of.
const another = "another"

// value says how a value is not the one that is wanted, or is empty. Its type is
// nil where nobody knows which call it is the result of.
func (c *comparison) value(t *signature.Type) string {
	if t != nil && t.Kind == signature.Optional {
		t = t.Elem
	}
	g, w := c.got.blanks(), c.want.blanks()
	switch {
	case g == '[' && w == '[':
		return c.array(t)
	case g == '{' && w == '{':
		return c.object(t)
	}
	c.got.show()
	c.want.show()
	var same bool
	switch {
	case g == '"' && w == '"':
		same = c.string()
	case isNumber(g) && isNumber(w):
		a, b := c.got.number(), c.want.number()
		same = bytes.Equal(a, b) && len(a) <= maxNumber || c.close(string(a), string(b), t)
	default:
		c.got.value(0)
		c.want.value(0)
		same = g == w && (g == 't' || g == 'f' || g == 'n')
	}
	c.got.showing, c.want.showing = false, false
	switch {
	case same:
		return ""
	case c.told:
		return another
	}
	c.told = true
	return fmt.Sprintf("actual %s, expected %s", c.got.word(), c.want.word())
}

func isNumber(c byte) bool { return c == '-' || c >= '0' && c <= '9' }

func (c *comparison) string() bool {
	c.got.skip()
	c.want.skip()
	same, gotMore, wantMore := true, true, true
	for gotMore || wantMore {
		var g, w rune
		if gotMore {
			g, gotMore = c.got.char()
		}
		if wantMore {
			w, wantMore = c.want.char()
		}
		same = same && gotMore == wantMore && g == w && g != nothing
	}
	return same
}

func (c *comparison) array(t *signature.Type) string {
	var elem *signature.Type
	told := c.told
	switch {
	case t == nil:
	case t.Kind == signature.ListNode || t.Kind == signature.TreeNode:
		elem = &signature.Type{Kind: signature.Int}
	default:
		elem = t.Elem
	}
	first, got, want := c.elements(func(int) *signature.Type { return elem }, "element", 0)
	switch {
	case got == want:
		return first
	case told:
		return another
	}
	c.told = true
	return fmt.Sprintf("%d elements, expected %d", got, want)
}

// elements compares those of two arrays, counts them, and says how the first
// that differs does. They are counted from base.
func (c *comparison) elements(typeOf func(i int) *signature.Type, what string, base int) (first string, got, want int) {
	over := false // the answer has no more
	got = c.got.each(']', func(i int) {
		if i == 0 {
			c.want.skip()
			over = c.want.accept(']')
		} else if !over {
			over = c.want.accept(']')
			if !over && !c.want.accept(',') {
				c.want.bad, over = true, true
			}
		}
		if over {
			c.got.value(0)
			return
		}
		want++
		told := c.told
		switch why := c.value(typeOf(i)); {
		case why == "" || first != "":
		case told:
			first = another
		default:
			first = fmt.Sprintf("%s %d: %s", what, base+i, why)
		}
	})
	switch {
	case got == 0:
		want = c.want.each(']', func(int) { c.want.value(0) })
	case !over && !c.want.accept(']'):
		for more := c.want.accept(','); more; more = c.want.accept(',') {
			c.want.value(0)
			want++
		}
		c.want.bad = c.want.bad || !c.want.accept(']')
	}
	return first, got, want
}

// object compares two objects, whose keys may be in any order. Where the values
// of the answer lie is held.
func (c *comparison) object(t *signature.Type) string {
	var elem *signature.Type
	if t != nil {
		elem = t.Elem
	}
	told := c.told
	type entry struct {
		at   int
		seen bool
	}
	entries := map[string]*entry{}
	longest := 0
	want := c.want.each('}', func(int) {
		key := string(c.want.key(len(c.want.head)))
		c.want.blanks()
		if entries[key] != nil {
			c.want.bad = true // it stands twice
		}
		entries[key] = &entry{at: c.want.pos}
		longest = max(longest, len(key))
		c.want.value(0)
	})
	end := c.want.pos
	at, first := "", ""
	differs := func(key, why string) {
		if first == "" || key < at {
			at, first = key, why
		}
	}
	got := c.got.each('}', func(int) {
		key := string(c.got.key(longest))
		e := entries[key]
		switch {
		case e == nil || strings.IndexByte(key, noByte) >= 0:
			c.got.value(0)
			return
		case e.seen:
			c.got.bad = true
			return
		}
		e.seen = true
		c.want.pos = e.at
		// What is told is the first of the keys, not of the differences.
		c.told = told || first != "" && at < key
		switch why := c.value(elem); why {
		case "":
		case another:
			differs(key, another)
		default:
			differs(key, fmt.Sprintf("key %q: %s", key, why))
		}
	})
	c.want.pos = end
	c.told = told || first != ""
	switch {
	case got != want && told:
		return another
	case got != want:
		c.told = true
		return fmt.Sprintf("%d keys, expected %d", got, want)
	}
	for key, e := range entries {
		if !e.seen {
			differs(key, fmt.Sprintf("key %q is missing", key))
			c.told = true
		}
	}
	return first
}

// results compares those of the calls of a class.
func (c *comparison) results(typeOf func(i int) *signature.Type) string {
	if c.got.blanks() != '[' {
		c.got.value(0)
		c.want.value(0)
		return notList
	}
	first, got, want := c.elements(typeOf, "call", 1)
	if first == "" && got != want {
		first = fmt.Sprintf("there are %d results for %d calls", got, want)
	}
	return first
}

// prefix passes over as much of a line as an answer begins with, and reports
// how much that is and whether it is all of both. At the end of the output the
// error is io.EOF.
func prefix(in *bufio.Reader, answer []byte) (n int, whole bool, err error) {
	for {
		if _, err := in.Peek(1); err != nil {
			if errors.Is(err, io.EOF) && n > 0 {
				return n, n == len(answer), nil
			}
			return n, false, err
		}
		held, _ := in.Peek(in.Buffered()) // what is there needs no reading
		same := min(len(held), len(answer)-n)
		if !bytes.Equal(held[:same], answer[n:n+same]) {
			same = 0
			for held[same] == answer[n+same] {
				same++
			}
		}
		_, _ = in.Discard(same)
		if n += same; same == len(held) {
			continue
		}
		if whole = n == len(answer) && held[same] == '\n'; whole {
			_, _ = in.Discard(1)
		}
		return n, whole, nil
	}
}
