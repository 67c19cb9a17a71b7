package problems

import (
	"errors"
	"fmt"
	"strings"
)

// pins are the digests of one generated test.
type pins struct{ input, answer Digest }

// errNotInPlace is why digests cannot be written: docket.yaml is written in a
// way that they have no clear place in.
var errNotInPlace = errors.New("docket.yaml is written in a way in which the digests cannot be replaced in place; give every entry of generate its lines sha256 and answer_sha256")

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
	m mapping
	v value
}

func (e pinnedEntry) pins() pins {
	return pins{Digest(e.m.text("sha256")), Digest(e.m.text("answer_sha256"))}
}

// pinnedEntries finds the entries of generate by the names of their tests.
func pinnedEntries(text []byte) (map[string]pinnedEntry, error) {
	var refused []yamlError
	root, ok := parseYAML(docketFile, text, func(e yamlError) { refused = append(refused, e) })
	out := map[string]pinnedEntry{}
	if ok {
		for _, v := range root.mapping(docketFile).get("generate").list() {
			e := pinnedEntry{v.mapping("an entry of generate"), v}
			out[e.m.text("name")] = e
		}
	}
	if len(refused) > 0 {
		return nil, refused[0]
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
			at := e.m.place(one.key) // with a colon behind it
			edits = append(edits, edit{line: at.line, column: at.column + at.width + 1, text: " " + quoted})
		default:
			at := e.m.get(one.key).place()
			n := at.width
			if at.quoted {
				n += 2
			}
			edits = append(edits, edit{at.line, at.column, n, quoted})
		}
	}
	if len(missing) == 0 {
		return edits
	}
	if at, ok := e.v.flowEnd(); ok {
		return append(edits, edit{line: at.line, column: at.column, text: ", " + strings.Join(missing, ", ")})
	}
	name := e.m.place("name")
	indent := strings.Repeat(" ", name.column-1)
	return append(edits, edit{line: name.line, column: endOfLine, text: "\n" + indent + strings.Join(missing, "\n"+indent)})
}
