package problems

import (
	"strings"

	"github.com/docketjudge/docket/problems/mutate"
)

// EquivalentMutant is a mutant that no test can tell from the solution it is
// made of, as the author says.
type EquivalentMutant struct {
	ID     mutate.ID
	Reason string
}

// mutations reads what docket.yaml says of mutants.
func (l *loader) mutations(v value) {
	m := v.mapping("mutate", "equivalent")
	seen := map[mutate.ID]bool{}
	for _, v := range m.get("equivalent").list() {
		e := v.mapping("an entry of equivalent", "id", "reason")
		id, reason := mutate.ID(e.text("id")), strings.TrimSpace(e.text("reason"))
		switch {
		case !mutate.ValidID(string(id)):
			v.fail("id of an equivalent mutant must be 12 hexadecimal digits, in quotes, as docket problems mutate prints them")
		case seen[id]:
			v.fail("mutant %s is listed twice", id)
		case reason == "":
			v.fail("mutant %s needs a reason why no test can tell it", id)
		}
		seen[id] = true
		l.pkg.Equivalent = append(l.pkg.Equivalent, EquivalentMutant{id, reason})
	}
}
