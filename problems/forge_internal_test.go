package problems

import (
	"errors"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// A worker runs for months, and packages change.
func TestForgeForgetsWhatIsThrough(t *testing.T) {
	f := NewForge(t.TempDir(), nil)
	pkg := &Package{Problem: &judge.Problem{Slug: "double", Revision: "r1"},
		Generate: []Generation{{Test: "secret/1", Input: unpinned, Answer: unpinned}}}
	if _, err := f.Problem(t.Context(), pkg); !errors.Is(err, ErrNotMade) {
		t.Fatalf("error %v, want %v", err, ErrNotMade)
	}
	if n := len(f.making); n != 0 {
		t.Errorf("%d packages are kept as being made", n)
	}
}
