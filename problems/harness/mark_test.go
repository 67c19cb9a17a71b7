//go:build !quick

package harness_test

import (
	"testing"

	"github.com/docketjudge/docket/judge"
)

// A byte order mark at the start of a solution is no part of it.
func TestByteOrderMarkOfASolutionIsSkipped(t *testing.T) {
	h := function(t, "twice(n int) int")
	for lang, source := range map[judge.Language]string{
		judge.Go:     "package solution\n\nfunc Twice(n int) int { return 2 * n }\n",
		judge.Java:   "class Solution {\n    int twice(int n) { return 2 * n; }\n}\n",
		judge.Python: "def twice(n):\n    return 2 * n\n",
	} {
		if o := run(t, h, lang, "\ufeff"+source, "[21]\n", "42\n"); o.verdict() != judge.AC {
			t.Errorf("%s: verdict %s: %v %s %s", lang, o.verdict(), o.refused, o.build.Output, o.result.Stderr)
		}
	}
}
