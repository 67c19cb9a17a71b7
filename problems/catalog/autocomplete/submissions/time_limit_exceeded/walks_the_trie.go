// Package solution finds the node of the prefix in a trie and then walks
// through all that lies below.
package solution

import (
	"cmp"
	"slices"
)

type node struct {
	children map[byte]*node
	text     string
	uses     int64
}

// Autocomplete is a trie of phrases.
type Autocomplete struct {
	limit int
	root  *node
}

// NewAutocomplete starts with phrases.
func NewAutocomplete(limit int, phrases []string, uses []int) *Autocomplete {
	a := &Autocomplete{limit: limit, root: &node{children: map[byte]*node{}}}
	for i, text := range phrases {
		a.Record(text, uses[i])
	}
	return a
}

// Record adds uses of a phrase.
func (a *Autocomplete) Record(text string, uses int) {
	n := a.root
	for _, c := range []byte(text) {
		if n.children[c] == nil {
			n.children[c] = &node{children: map[byte]*node{}}
		}
		n = n.children[c]
	}
	n.text = text
	n.uses += int64(uses)
}

// Suggest returns the best phrases that begin with prefix.
func (a *Autocomplete) Suggest(prefix string) []string {
	n := a.root
	for _, c := range []byte(prefix) {
		if n = n.children[c]; n == nil {
			return nil
		}
	}
	var found []*node
	var walk func(*node)
	walk = func(n *node) {
		if n.uses > 0 {
			found = append(found, n)
		}
		for _, child := range n.children {
			walk(child)
		}
	}
	walk(n)
	slices.SortFunc(found, func(p, q *node) int {
		return cmp.Or(cmp.Compare(q.uses, p.uses), len(p.text)-len(q.text), cmp.Compare(p.text, q.text))
	})
	var texts []string
	for _, p := range found[:min(len(found), a.limit)] {
		texts = append(texts, p.text)
	}
	return texts
}
