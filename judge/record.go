package judge

import (
	"slices"
	"time"
)

// Filter selects submissions for a list, newest first. Empty fields select
// everything.
type Filter struct {
	Problem Slug
	User    string
	Verdict Verdict
	Kind    Kind
	// KeyID selects what one API key sent: a key without the scope to read
	// everything sees only its own.
	KeyID string
	// Cursor is the id of the last submission of the page before.
	Cursor SubmissionID
	// Limit is the size of a page; the store clamps it to [1, MaxPage].
	Limit int
}

// MaxPage is the largest page of a list.
const MaxPage = 100

// Scope is what an API key may do.
type Scope string

// The scopes of keys.
const (
	ScopeSubmit Scope = "submit" // submit, run, cancel and read its own submissions
	ScopeRead   Scope = "read"   // read every submission
	ScopeAdmin  Scope = "admin"  // everything, rejudge and problems included
)

// Key is an API key as the store knows it: its secret is kept only as a hash.
type Key struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	Scopes  []Scope    `json:"scopes"`
	Created time.Time  `json:"created_at"`
	Revoked *time.Time `json:"revoked_at,omitempty"`
}

// Allows reports whether the key carries a scope; admin carries all.
func (k Key) Allows(s Scope) bool {
	return slices.Contains(k.Scopes, s) || slices.Contains(k.Scopes, ScopeAdmin)
}
