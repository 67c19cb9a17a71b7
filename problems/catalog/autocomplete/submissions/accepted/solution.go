// Package solution suggests the phrases that complete a prefix.
package solution

import (
	"cmp"
	"slices"
	"strings"
)

// phrase is a text and how often it was used.
type phrase struct {
	text string
	uses int64
}

// compare is negative when p is suggested before q.
func (p *phrase) compare(q *phrase) int {
	return cmp.Or(
		cmp.Compare(q.uses, p.uses),
		cmp.Compare(len(p.text), len(q.text)),
		strings.Compare(p.text, q.text),
	)
}

// node stands for a prefix.
type node struct {
	children map[byte]*node
	best     []*phrase // that begin with the prefix, best first
}

// Autocomplete is a trie whose nodes have their suggestions ready.
type Autocomplete struct {
	limit   int
	phrases map[string]*phrase
	root    *node
}

// NewAutocomplete starts with phrases and how often each was used. It
// suggests at most limit phrases at a time.
func NewAutocomplete(limit int, phrases []string, uses []int) *Autocomplete {
	a := &Autocomplete{limit: limit, phrases: map[string]*phrase{}, root: &node{}}
	for i, text := range phrases {
		a.Record(text, uses[i])
	}
	return a
}

// Record adds uses of a phrase.
func (a *Autocomplete) Record(text string, uses int) {
	p := a.phrases[text]
	if p == nil {
		p = &phrase{text: text}
		a.phrases[text] = p
	}
	p.uses += int64(uses)

	n := a.root
	n.promote(p, a.limit)
	for _, c := range []byte(text) {
		child := n.children[c]
		if child == nil {
			if n.children == nil { // most nodes have no children at all
				n.children = map[byte]*node{}
			}
			child = &node{}
			n.children[c] = child
		}
		child.promote(p, a.limit)
		n = child
	}
}

// promote gives a phrase whose uses have grown its place in the list. No
// other phrase can enter it, since none other has become better.
func (n *node) promote(p *phrase, limit int) {
	i := slices.Index(n.best, p)
	if i < 0 {
		i = len(n.best)
		n.best = append(n.best, p)
	}
	for ; i > 0 && p.compare(n.best[i-1]) < 0; i-- {
		n.best[i] = n.best[i-1]
		n.best[i-1] = p
	}
	if len(n.best) > limit {
		n.best = n.best[:limit]
	}
}

// Suggest returns the best phrases that begin with prefix.
func (a *Autocomplete) Suggest(prefix string) []string {
	n := a.root
	for _, c := range []byte(prefix) {
		n = n.children[c]
		if n == nil {
			return nil
		}
	}
	texts := make([]string, len(n.best))
	for i, p := range n.best {
		texts[i] = p.text
	}
	return texts
}
