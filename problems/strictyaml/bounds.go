package strictyaml

import (
	"fmt"

	"github.com/goccy/go-yaml/token"
)

// The parser takes memory by the square of some things: how deep values lie in
// one another, how many keys a map has, how long the paths to its nodes are,
// and how many empty lines follow one another. So these are bounded before the
// parser sees a text.
const (
	maxTokens = 30_000
	maxDepth  = 32
	maxKey    = 1 << 10 // bytes
	maxBlank  = 20      // lines in a row
	// maxCost bounds the sum of what grows by the square, in bytes.
	maxCost = 16 << 20
)

// tooBlank returns the line at which too many empty lines begin, or 0.
func tooBlank(text []byte) int {
	line, ends, from := 1, 0, 1
	for i, c := range text {
		switch c {
		case '\r', '\n':
			if c == '\n' && i > 0 && text[i-1] == '\r' {
				continue
			}
			if ends == 0 {
				from = line + 1
			}
			line++
			if ends++; ends > maxBlank+1 {
				return from
			}
		case ' ', '\t':
		default:
			ends = 0
		}
	}
	return 0
}

// cost adds up what parsing a text would take, token by token. It errs on
// the side of too much.
type cost struct {
	flow    int   // brackets and braces that are open
	columns []int // of what is open in block style, growing
	keys    []int // how many keys stand at each of these columns
	row     int   // how many marks of a new level stand side by side
	heads   int   // documents begun or ended

	deepest, longest int
	squares          int // of the sizes of maps
}

// tooCostly says what is too much in a text, and in which line.
func tooCostly(tokens token.Tokens) (line int, reason string) {
	if len(tokens) > maxTokens {
		return 0, fmt.Sprintf("has %d parts of speech; at most %d are taken", len(tokens), maxTokens)
	}
	var c cost
	for i, t := range tokens {
		if reason := c.add(tokens, i); reason != "" {
			return t.Position.Line, reason
		}
	}
	c.close(0)
	// Every node holds the path to it, and every key of a map those after it.
	paths := len(tokens) * c.deepest * (c.longest + 8)
	if paths+c.squares > maxCost {
		return 0, "is too long for how deep and wide it is"
	}
	return 0, ""
}

func (c *cost) add(tokens token.Tokens, i int) string {
	t := tokens[i]
	mark := true
	switch t.Type {
	case token.AnchorType, token.AliasType:
		return "anchors and aliases are not taken"
	case token.DocumentHeaderType, token.DocumentEndType:
		if c.heads++; c.heads > 10 {
			return "holds many documents instead of one"
		}
	case token.SequenceStartType, token.MappingStartType:
		c.flow++
	case token.SequenceEndType, token.MappingEndType:
		c.flow = max(c.flow-1, 0)
		mark = false
	case token.SequenceEntryType, token.MappingKeyType, token.TagType:
	default:
		mark = false
	}
	if c.row++; !mark {
		c.row = 0
	}
	key := i+1 < len(tokens) && tokens[i+1].Type == token.MappingValueType
	first := i == 0 || tokens[i-1].Position.Line != t.Position.Line
	if c.flow == 0 && (first || key || mark) {
		c.open(t.Position.Column)
	}
	if key || t.Type == token.MappingKeyType {
		if n := len(c.keys); n > 0 {
			c.keys[n-1]++
		}
		if c.longest = max(c.longest, len(t.Value)); c.longest > maxKey {
			return fmt.Sprintf("has a key of more than %d bytes", maxKey)
		}
	}
	if c.deepest = max(c.deepest, c.flow+len(c.columns), c.row); c.deepest > maxDepth {
		return fmt.Sprintf("has values more than %d deep in one another", maxDepth)
	}
	return ""
}

// open begins a level at a column, or goes on with the one that is there.
func (c *cost) open(column int) {
	n := len(c.columns)
	for n > 0 && c.columns[n-1] > column {
		n--
	}
	c.close(n)
	if n == 0 || c.columns[n-1] < column {
		c.columns, c.keys = append(c.columns, column), append(c.keys, 0)
	}
}

// close ends all levels but the first n.
func (c *cost) close(n int) {
	const pointers = 16 // of each key and of each one after it, in a slice that grows
	for _, keys := range c.keys[n:] {
		c.squares += pointers * keys * keys
	}
	c.columns, c.keys = c.columns[:n], c.keys[:n]
}
