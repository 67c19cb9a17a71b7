//go:build !quick

package harness_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// Docket gives no driver a map in which a key stands twice. A program that was
// exported meets what another judge has, and must not take one of the two.
func TestDriversRefuseAKeyThatStandsTwice(t *testing.T) {
	h := function(t, "total(counts map<int>[]) int")
	for lang, source := range map[judge.Language]string{
		judge.Go: `package solution

func Total(counts []map[string]int) int {
	sum := 0
	for _, m := range counts {
		for _, n := range m {
			sum += n
		}
	}
	return sum
}
`,
		judge.Java: `import java.util.*;

class Solution {
    int total(List<Map<String, Integer>> counts) {
        return counts.stream().flatMap(m -> m.values().stream()).mapToInt(n -> n).sum();
    }
}
`,
		judge.Python: "def total(counts):\n    return sum(n for m in counts for n in m.values())\n",
	} {
		t.Run(string(lang), func(t *testing.T) {
			if o := run(t, h, lang, source, `[[{"a":1,"b":2},{"a":3}]]`+"\n", "6\n"); o.verdict() != judge.AC {
				t.Errorf("keys in two maps: %s, %q %s%s %v", o.verdict(), o.output, o.build.Output, o.result.Stderr, o.refused)
			}
			o := run(t, h, lang, source, `[[{"a":1,"b":2,"a":3}]]`+"\n", "6\n")
			if o.verdict() != judge.RTE || o.output != "" || !strings.Contains(string(o.result.Stderr), "twice") {
				t.Errorf("a key twice: %s, %q %s", o.verdict(), o.output, o.result.Stderr)
			}
		})
	}
}
