package problems

import (
	"strings"

	"github.com/docketjudge/docket/problems/mutate"
	"github.com/docketjudge/docket/problems/strictyaml"
)

// EquivalentMutant is a mutant that no test can tell from the solution it is
// made of, as the author says.
type EquivalentMutant struct {
	ID     mutate.ID
	Reason string
}

// mutations reads what docket.yaml says of mutants.
func (l *loader) mutations(v strictyaml.Value) {
	m := v.Mapping("mutate", "equivalent")
	seen := map[mutate.ID]bool{}
	for _, v := range m.Get("equivalent").List() {
		e := v.Mapping("an entry of equivalent", "id", "reason")
		id, reason := mutate.ID(e.Text("id")), strings.TrimSpace(e.Text("reason"))
		switch {
		case !mutate.ValidID(string(id)):
			v.Fail("id of an equivalent mutant must be 12 hexadecimal digits, in quotes, as docket problems mutate prints them")
		case seen[id]:
			v.Fail("mutant %s is listed twice", id)
		case reason == "":
			v.Fail("mutant %s needs a reason why no test can tell it", id)
		}
		seen[id] = true
		l.pkg.Equivalent = append(l.pkg.Equivalent, EquivalentMutant{id, reason})
	}
}
