package problems

import (
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// Query selects problems for a list. Empty fields select everything.
type Query struct {
	Tag        string // one of the keywords, without regard to case
	Difficulty string
	Text       string // words that all occur in the slug, the titles or the keywords
	Cursor     string // what the page before returned as next
	// Limit is the size of a page, clamped to [1, judge.MaxPage]. Defaults to 50.
	Limit int
}

// matches reports whether a problem belongs into the list.
func (q Query) matches(p *Package) bool {
	if q.Difficulty != "" && !strings.EqualFold(q.Difficulty, p.Problem.Difficulty) {
		return false
	}
	if q.Tag != "" && !slices.ContainsFunc(p.Problem.Keywords, func(k string) bool { return strings.EqualFold(k, q.Tag) }) {
		return false
	}
	text := string(p.Problem.Slug) + "\n" + strings.Join(p.Problem.Keywords, "\n")
	for _, name := range p.Names {
		text += "\n" + name
	}
	text = strings.ToLower(text)
	for _, word := range strings.Fields(strings.ToLower(q.Text)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// Summary is a problem's line in a list.
type Summary struct {
	Slug        judge.Slug       `json:"slug"`
	Title       string           `json:"title"`
	Difficulty  string           `json:"difficulty,omitempty"`
	Keywords    []string         `json:"keywords"`
	Languages   []judge.Language `json:"languages"`
	Kind        string           `json:"kind"` // program or function
	Interactive bool             `json:"interactive"`
	Limits      judge.Limits     `json:"limits"`
	Tests       int              `json:"tests"`
	Revision    string           `json:"revision"`
}

// summary is the problem's line in a list.
func (p *Package) summary() Summary {
	keywords := p.Problem.Keywords
	if keywords == nil {
		keywords = []string{}
	}
	kind := "program"
	if p.Problem.Harness != nil {
		kind = "function"
	}
	return Summary{
		Kind: kind,
		Slug: p.Problem.Slug, Title: p.Problem.Title, Difficulty: p.Problem.Difficulty, Keywords: keywords,
		Languages: p.Problem.Languages, Interactive: p.Interactive, Limits: p.Problem.Limits.WithDefaults(),
		Tests: p.Problem.Tests(), Revision: p.Problem.Revision,
	}
}
