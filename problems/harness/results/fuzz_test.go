package results_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/docketjudge/docket/problems/harness/results"
	"github.com/docketjudge/docket/problems/harness/signature/signaturetest"
)

func FuzzCheck(f *testing.F) {
	for _, s := range []string{
		"[null,1,2.5,{\"a\":\"x\"}]\n[null]\n", "[null,1,2.5000001,{\"a\":\"\\u0078\"}]\n[null]", "[null]\n\n", "NaN\n", "[1e999]\n", "\xff\n",
	} {
		f.Add(s)
	}
	c := results.New(signaturetest.Class(f, "Box()", "count() int", "mean() double", "all() map<string>"), 0)
	const answer = "[null,1,2.5,{\"a\":\"x\"}]\n[null]\n"
	f.Fuzz(func(t *testing.T, output string) {
		got, err := c.Check(strings.NewReader(output), strings.NewReader(answer))
		if err != nil {
			t.Fatalf("%q: %v", output, err)
		}
		if got.Total != 2 || got.Passed > 2 || (got.Reason == "") != (got.Passed == 2 && strings.Count(strings.TrimSuffix(output, "\n"), "\n") == 1) {
			t.Fatalf("%q: %+v", output, got)
		}
		if len(got.Reason) > 4096 {
			t.Errorf("the reason has %d bytes", len(got.Reason))
		}
		if got.Reason != "" {
			return
		}
		// Only texts that mean the answers are accepted.
		for i, line := range strings.Split(strings.TrimSuffix(output, "\n"), "\n") {
			var v []any
			if err := json.Unmarshal([]byte(line), &v); err != nil || len(v) != []int{4, 1}[i] || v[0] != nil {
				t.Errorf("%q is accepted: %v", output, err)
			}
		}
	})
}
