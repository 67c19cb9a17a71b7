package problems

import (
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
