package problems

import (
	"fmt"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/strictyaml"
)

// Refusal is one reason why a package cannot be used.
type Refusal struct {
	Path   string `json:"path"`           // of the file, in the package
	Line   int    `json:"line,omitempty"` // counted from 1; 0 when no line is to blame
	Reason string `json:"reason"`
}

func (r Refusal) String() string {
	return strictyaml.Error(r).Error()
}

// BrokenError is the error for a package that was refused. It lists all that
// was found wrong, in the order in which it was found.
type BrokenError struct {
	Slug     judge.Slug
	Refusals []Refusal
}

func (e *BrokenError) Error() string {
	lines := make([]string, len(e.Refusals))
	for i, r := range e.Refusals {
		lines[i] = r.String()
	}
	return fmt.Sprintf("problem %s: %s", e.Slug, strings.Join(lines, "; "))
}

// clip shortens outside text for use in a message.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}
