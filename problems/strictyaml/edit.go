package strictyaml

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// Place is where a key or a scalar stands in a text. Lines and columns are
// counted from 1, columns and widths in runes. A quoted scalar begins with its
// first quote, and its width is that of the value between the quotes.
type Place struct {
	Line, Column, Width int
	Quoted              bool
}

func placeOf(t *token.Token) Place {
	return Place{Line: t.Position.Line, Column: t.Position.Column, Width: len([]rune(t.Value)),
		Quoted: t.Type == token.DoubleQuoteType || t.Type == token.SingleQuoteType}
}

// Place is where the value stands. The value must be present.
func (v Value) Place() Place { return placeOf(v.node.GetToken()) }

// Place is where a key stands, which must be there.
func (m Mapping) Place(key string) Place { return placeOf(m.node[key].GetToken()) }

// IsFlow reports whether the value is a map in braces.
func (v Value) IsFlow() bool {
	n, ok := v.node.(*ast.MappingNode)
	return ok && n.IsFlowStyle
}

// FlowEnd is the place of the brace that closes a map in braces. It returns
// false for every other value.
func (v Value) FlowEnd() (Place, bool) {
	n, ok := v.node.(*ast.MappingNode)
	if !ok || !n.IsFlowStyle || n.End == nil {
		return Place{}, false
	}
	return placeOf(n.End), true
}

// Before is the edit that puts an entry, "key: value", before the first one of
// a map. It returns false when the value is no map or has no entries.
func (v Value) Before(entry string) (Edit, bool) {
	var first ast.Node
	switch n := v.node.(type) {
	case *ast.MappingNode:
		if len(n.Values) > 0 {
			first = n.Values[0].Key
		}
	case *ast.MappingValueNode:
		first = n.Key
	}
	if first == nil {
		return Edit{}, false
	}
	at := placeOf(first.GetToken())
	if v.IsFlow() {
		return Edit{Line: at.Line, Column: at.Column, Text: entry + ", "}, true
	}
	return Edit{Line: at.Line, Column: at.Column, Text: entry + "\n" + strings.Repeat(" ", at.Column-1)}, true
}

// Edit puts text in the place of some runes of a line. Lines and columns are
// counted from 1, and columns in runes.
type Edit struct {
	Line, Column, Remove int
	Text                 string
}

// EndOfLine is a column beyond every line's end.
const EndOfLine = 1 << 30

// Apply makes edits that do not overlap, and returns the new text. Every other
// byte stays as it is. A parser's positions may be wrong, so callers must parse
// the new text and check what it says.
func Apply(text []byte, edits []Edit) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	slices.SortFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(b.Line, a.Line), cmp.Compare(b.Column, a.Column))
	})
	for _, e := range edits {
		if e.Line < 1 || e.Line > len(lines) {
			continue // seen by the check of the outcome
		}
		line := string(lines[e.Line-1])
		body := strings.TrimRight(line, "\r\n")
		end := line[len(body):]
		runes := []rune(body)
		from := min(max(e.Column-1, 0), len(runes))
		to := min(from+e.Remove, len(runes))
		lines[e.Line-1] = []byte(string(runes[:from]) + e.Text + string(runes[to:]) + end)
	}
	return bytes.Join(lines, nil)
}
