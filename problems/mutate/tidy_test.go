package mutate_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/mutate"
)

// A change that changes nothing is no mutant, nor is one that is there already.
func TestMutantsDiffer(t *testing.T) {
	const edits = `[[6, 7, "2", "constant"], [6, 7, "3", "constant"], [6, 7, "3", "arithmetic"], [0, 5, "print", "statement"]]`
	all, err := mutate.List(t.Context(), "accepted/a.py", judge.Python, []judge.File{{Name: "a.py", Content: "print(2)\n"}},
		func(context.Context, judge.Source, string) ([]byte, error) { return []byte(edits), nil })
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range all {
		got = append(got, string(m.Operator)+": "+m.Before+" to "+m.After)
	}
	if d := cmp.Diff([]string{"constant: 2 to 3"}, got); d != "" {
		t.Errorf("mutants (-want +got):\n%s", d)
	}
}
