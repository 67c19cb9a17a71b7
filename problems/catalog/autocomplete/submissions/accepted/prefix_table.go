// Package solution suggests the phrases that complete a prefix.
package solution

import (
	"cmp"
	"maps"
	"slices"
)

// Autocomplete has a sorted list for every prefix of every phrase. Substrings
// share the memory of the phrase, which keeps the table small.
type Autocomplete struct {
	limit int
	uses  map[string]int
	best  map[string][]string
}

// NewAutocomplete starts with phrases and how often each was used. It
// suggests at most limit phrases at a time.
func NewAutocomplete(limit int, phrases []string, uses []int) *Autocomplete {
	a := &Autocomplete{limit: limit, uses: map[string]int{}, best: map[string][]string{}}
	for i, phrase := range phrases {
		a.uses[phrase] += uses[i]
	}
	// Best first, every list is filled in its final order.
	for _, phrase := range slices.SortedFunc(maps.Keys(a.uses), a.compare) {
		for end := range len(phrase) + 1 {
			if list := a.best[phrase[:end]]; len(list) < limit {
				a.best[phrase[:end]] = append(list, phrase)
			}
		}
	}
	return a
}

// compare is negative when p is suggested before q.
func (a *Autocomplete) compare(p, q string) int {
	return cmp.Or(
		cmp.Compare(a.uses[q], a.uses[p]),
		cmp.Compare(len(p), len(q)),
		cmp.Compare(p, q),
	)
}

// Record adds uses of a phrase.
func (a *Autocomplete) Record(phrase string, uses int) {
	a.uses[phrase] += uses
	for end := range len(phrase) + 1 {
		list := a.best[phrase[:end]]
		if !slices.Contains(list, phrase) {
			list = append(list, phrase)
		}
		slices.SortFunc(list, a.compare)
		a.best[phrase[:end]] = list[:min(len(list), a.limit)]
	}
}

// Suggest returns the best phrases that begin with prefix.
func (a *Autocomplete) Suggest(prefix string) []string {
	return slices.Clone(a.best[prefix])
}
