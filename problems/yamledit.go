package problems

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// place is where a key or a scalar stands in a text. Lines and columns are
// counted from 1, columns and widths in runes. A quoted scalar begins with its
// first quote, and its width is that of the value between the quotes.
type place struct {
	line, column, width int
	quoted              bool
}

func placeOf(t *token.Token) place {
	return place{line: t.Position.Line, column: t.Position.Column, width: len([]rune(t.Value)),
		quoted: t.Type == token.DoubleQuoteType || t.Type == token.SingleQuoteType}
}

// place is where the value stands. The value must be present.
func (v value) place() place { return placeOf(v.node.GetToken()) }

// place is where a key stands, which must be there.
func (m mapping) place(key string) place { return placeOf(m.node[key].GetToken()) }

// isFlow reports whether the value is a map in braces.
func (v value) isFlow() bool {
	n, ok := v.node.(*ast.MappingNode)
	return ok && n.IsFlowStyle
}

// flowEnd is the place of the brace that closes a map in braces. It returns
// false for every other value.
func (v value) flowEnd() (place, bool) {
	n, ok := v.node.(*ast.MappingNode)
	if !ok || !n.IsFlowStyle || n.End == nil {
		return place{}, false
	}
	return placeOf(n.End), true
}

// before is the edit that puts an entry, "key: value", before the first one of
// a map. It returns false when the value is no map or has no entries.
func (v value) before(entry string) (edit, bool) {
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
		return edit{}, false
	}
	at := placeOf(first.GetToken())
	if v.isFlow() {
		return edit{line: at.line, column: at.column, text: entry + ", "}, true
	}
	return edit{line: at.line, column: at.column, text: entry + "\n" + strings.Repeat(" ", at.column-1)}, true
}

// edit puts text in the place of some runes of a line. Lines and columns are
// counted from 1.
type edit struct {
	line, column, remove int
	text                 string
}

// endOfLine is a column beyond every line's end.
const endOfLine = 1 << 30

// applied makes edits that do not overlap, and returns the new text. Every
// other byte stays as it is. The positions of a parser are not proved: read
// the new text to be sure of it.
func applied(text []byte, edits []edit) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	slices.SortFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(b.line, a.line), cmp.Compare(b.column, a.column))
	})
	for _, e := range edits {
		if e.line < 1 || e.line > len(lines) {
			continue // seen by the check of the outcome
		}
		line := string(lines[e.line-1])
		body := strings.TrimRight(line, "\r\n")
		end := line[len(body):]
		runes := []rune(body)
		from := min(max(e.column-1, 0), len(runes))
		to := min(from+e.remove, len(runes))
		lines[e.line-1] = []byte(string(runes[:from]) + e.text + string(runes[to:]) + end)
	}
	return bytes.Join(lines, nil)
}
