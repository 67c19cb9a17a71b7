package forge

import (
	"errors"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// A worker runs for months, and packages change.
func TestForgeForgetsWhatIsThrough(t *testing.T) {
	f := New(t.TempDir(), nil)
	pkg := &problems.Package{Problem: &judge.Problem{Slug: "double", Revision: "r1"},
		Generate: []problems.Generation{{Test: "secret/1", Input: problems.Unpinned, Answer: problems.Unpinned}}}
	if _, err := f.Problem(t.Context(), pkg); !errors.Is(err, problems.ErrNotMade) {
		t.Fatalf("error %v, want %v", err, problems.ErrNotMade)
	}
	if n := len(f.batches); n != 0 {
		t.Errorf("%d packages are kept as being made", n)
	}
}
