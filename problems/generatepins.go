package problems

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// pins are the digests of one generated test.
type pins struct{ input, answer Digest }

// errNotInPlace is why digests cannot be written: docket.yaml is written in a
// way that they have no clear place in.
var errNotInPlace = errors.New("docket.yaml is written in a way in which the digests cannot be replaced in place; give every entry of generate its lines sha256 and answer_sha256")

// edit puts text in the place of some runes of a line. Lines and columns are
// counted from 1.
type edit struct {
	line, column, remove int
	text                 string
}

// setPins writes digests of generated tests into the text of a docket.yaml
// and leaves every other byte as it is.
func setPins(text []byte, want map[string]pins) ([]byte, error) {
	entries, err := pinnedEntries(text)
	if err != nil {
		return nil, err
	}
	var edits []edit
	for name, p := range want {
		e, ok := entries[name]
		if !ok {
			return nil, fmt.Errorf("docket.yaml does not generate test %s", name)
		}
		edits = append(edits, e.set(p)...)
	}
	out := applied(text, edits)
	// The parser's positions are trusted no further than their outcome.
	after, err := pinnedEntries(out)
	if err != nil {
		return nil, errNotInPlace
	}
	for name, e := range entries {
		p, ok := want[name]
		if !ok {
			p = e.pins()
		}
		if a, ok := after[name]; !ok || a.pins() != p {
			return nil, errNotInPlace
		}
	}
	return out, nil
}

// pinnedEntry is one entry of generate.
type pinnedEntry struct {
	m    mapping
	node ast.Node
}

func (e pinnedEntry) pins() pins {
	return pins{Digest(e.m.text("sha256")), Digest(e.m.text("answer_sha256"))}
}

// pinnedEntries finds the entries of generate by the names of their tests.
func pinnedEntries(text []byte) (map[string]pinnedEntry, error) {
	var refusals []Refusal
	refuse := func(r Refusal) { refusals = append(refusals, r) }
	root, ok := parseYAML(docketFile, text, refuse)
	out := map[string]pinnedEntry{}
	if ok {
		for _, v := range root.mapping(docketFile).get("generate").list() {
			e := pinnedEntry{v.mapping("an entry of generate"), v.node}
			out[e.m.text("name")] = e
		}
	}
	if len(refusals) > 0 {
		return nil, errors.New(refusals[0].String())
	}
	return out, nil
}

// set returns what must be edited for an entry to have the given pins.
func (e pinnedEntry) set(p pins) []edit {
	var edits []edit
	var missing []string
	for _, one := range []struct {
		key  string
		want Digest
	}{{"sha256", p.input}, {"answer_sha256", p.answer}} {
		quoted := `"` + string(one.want) + `"`
		switch {
		case !e.m.has(one.key):
			missing = append(missing, one.key+": "+quoted)
		case e.m.text(one.key) == string(one.want):
		case !e.m.get(one.key).present():
			at := e.colon(one.key)
			edits = append(edits, edit{line: at.line, column: at.column + 1, text: " " + quoted})
		default:
			t := e.m.get(one.key).node.GetToken()
			// Quotes are not part of a token's value.
			n := len([]rune(t.Value))
			if t.Type.String() == "DoubleQuote" || t.Type.String() == "SingleQuote" {
				n += 2
			}
			edits = append(edits, edit{t.Position.Line, t.Position.Column, n, quoted})
		}
	}
	if len(missing) == 0 {
		return edits
	}
	if n, ok := e.node.(*ast.MappingNode); ok && n.IsFlowStyle && n.End != nil {
		return append(edits, edit{line: n.End.Position.Line, column: n.End.Position.Column, text: ", " + strings.Join(missing, ", ")})
	}
	name := e.key("name").GetToken().Position
	indent := strings.Repeat(" ", name.Column-1)
	return append(edits, edit{line: name.Line, column: endOfLine, text: "\n" + indent + strings.Join(missing, "\n"+indent)})
}

// endOfLine is a column beyond every line's end.
const endOfLine = 1 << 30

// colon is where a key's value would begin.
func (e pinnedEntry) colon(key string) (at struct{ line, column int }) {
	t := e.key(key).GetToken()
	at.line, at.column = t.Position.Line, t.Position.Column+len([]rune(t.Value))
	return at
}

func (e pinnedEntry) key(name string) ast.Node {
	pairs := []*ast.MappingValueNode{}
	switch n := e.node.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = append(pairs, n)
	}
	for _, p := range pairs {
		if s, _ := scalar(p.Key); s == name {
			return p.Key
		}
	}
	return nil // not reached: the mapping has the key
}

// applied makes edits that do not overlap.
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
