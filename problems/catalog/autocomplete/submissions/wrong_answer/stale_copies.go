// Package solution keeps the uses of a phrase in every list by value, and
// leaves those alone that already hold the phrase.
package solution

import (
	"cmp"
	"slices"
)

type entry struct {
	text string
	uses int64
}

// Autocomplete has a sorted list for every prefix.
type Autocomplete struct {
	limit int
	uses  map[string]int64
	best  map[string][]entry
}

// NewAutocomplete starts with phrases.
func NewAutocomplete(limit int, phrases []string, uses []int) *Autocomplete {
	a := &Autocomplete{limit: limit, uses: map[string]int64{}, best: map[string][]entry{}}
	for i, text := range phrases {
		a.Record(text, uses[i])
	}
	return a
}

// Record adds uses of a phrase.
func (a *Autocomplete) Record(text string, uses int) {
	a.uses[text] += int64(uses)
	for end := range len(text) + 1 {
		list := a.best[text[:end]]
		if slices.ContainsFunc(list, func(e entry) bool { return e.text == text }) {
			continue
		}
		list = append(list, entry{text, a.uses[text]})
		slices.SortFunc(list, func(p, q entry) int {
			return cmp.Or(cmp.Compare(q.uses, p.uses), len(p.text)-len(q.text), cmp.Compare(p.text, q.text))
		})
		a.best[text[:end]] = list[:min(len(list), a.limit)]
	}
}

// Suggest returns the best phrases that begin with prefix.
func (a *Autocomplete) Suggest(prefix string) []string {
	texts := []string{}
	for _, e := range a.best[prefix] {
		texts = append(texts, e.text)
	}
	return texts
}
