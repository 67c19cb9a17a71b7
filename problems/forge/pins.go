package forge

import (
	"errors"
	"fmt"
	"strings"

	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/strictyaml"
)

// pins are the digests of one generated test.
type pins struct{ input, answer problems.Digest }

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
	var edits []strictyaml.Edit
	for name, p := range want {
		e, ok := entries[name]
		if !ok {
			return nil, fmt.Errorf("docket.yaml does not generate test %s", name)
		}
		edits = append(edits, e.set(p)...)
	}
	out := strictyaml.Apply(text, edits)
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
	m strictyaml.Mapping
	v strictyaml.Value
}

func (e pinnedEntry) pins() pins {
	return pins{problems.Digest(e.m.Text("sha256")), problems.Digest(e.m.Text("answer_sha256"))}
}

// pinnedEntries finds the entries of generate by the names of their tests.
func pinnedEntries(text []byte) (map[string]pinnedEntry, error) {
	var refused []strictyaml.Error
	root, ok := strictyaml.Parse(problems.DocketFile, text, func(e strictyaml.Error) { refused = append(refused, e) })
	out := map[string]pinnedEntry{}
	if ok {
		for _, v := range root.Mapping(problems.DocketFile).Get("generate").List() {
			e := pinnedEntry{v.Mapping("an entry of generate"), v}
			out[e.m.Text("name")] = e
		}
	}
	if len(refused) > 0 {
		return nil, refused[0]
	}
	return out, nil
}

// set returns what must be edited for an entry to have the given pins.
func (e pinnedEntry) set(p pins) []strictyaml.Edit {
	var edits []strictyaml.Edit
	var missing []string
	for _, one := range []struct {
		key  string
		want problems.Digest
	}{{"sha256", p.input}, {"answer_sha256", p.answer}} {
		quoted := `"` + string(one.want) + `"`
		switch {
		case !e.m.Has(one.key):
			missing = append(missing, one.key+": "+quoted)
		case e.m.Text(one.key) == string(one.want):
		case !e.m.Get(one.key).Present():
			at := e.m.Place(one.key) // with a colon behind it
			edits = append(edits, strictyaml.Edit{Line: at.Line, Column: at.Column + at.Width + 1, Text: " " + quoted})
		default:
			at := e.m.Get(one.key).Place()
			n := at.Width
			if at.Quoted {
				n += 2
			}
			edits = append(edits, strictyaml.Edit{Line: at.Line, Column: at.Column, Remove: n, Text: quoted})
		}
	}
	if len(missing) == 0 {
		return edits
	}
	if at, ok := e.v.FlowEnd(); ok {
		return append(edits, strictyaml.Edit{Line: at.Line, Column: at.Column, Text: ", " + strings.Join(missing, ", ")})
	}
	name := e.m.Place("name")
	indent := strings.Repeat(" ", name.Column-1)
	return append(edits, strictyaml.Edit{Line: name.Line, Column: strictyaml.EndOfLine, Text: "\n" + indent + strings.Join(missing, "\n"+indent)})
}
