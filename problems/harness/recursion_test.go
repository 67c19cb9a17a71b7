//go:build !quick

package harness_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// A recursion that never ends is told by name, in the driver of every kind of
// problem.
func TestEndlessRecursionOfASolution(t *testing.T) {
	plain := function(t, "depth(n int) int")
	concurrent := function(t, "depth(n int, job task<int>) int")
	for _, c := range []struct {
		name   string
		lang   judge.Language
		source string
		timed  bool
		says   string
	}{
		{"function", judge.Go, "package solution\n\nfunc Depth(n int) int { return 1 + Depth(n+1) }\n", false, "stack overflow"},
		{"function", judge.Java, "class Solution {\n    int depth(int n) { return 1 + depth(n + 1); }\n}\n", false, "java.lang.StackOverflowError"},
		{"function", judge.Python, "def depth(n):\n    return 1 + depth(n + 1)\n", false, "RecursionError"},
		{"concurrency", judge.Go, "package solution\n\nimport \"context\"\n\nfunc Depth(ctx context.Context, n int, job func(context.Context) (int, error)) (int, error) {\n\td, err := Depth(ctx, n+1, job)\n\treturn 1 + d, err\n}\n", true, "stack overflow"},
		{"concurrency", judge.Java, "import java.util.concurrent.*;\n\nclass Solution {\n    int depth(int n, Callable<Integer> job) { return 1 + depth(n + 1, job); }\n}\n", true, "java.lang.StackOverflowError"},
		{"concurrency", judge.Python, "async def depth(n, job):\n    return 1 + await depth(n + 1, job)\n", true, "RecursionError"},
	} {
		t.Run(string(c.lang)+"/"+c.name, func(t *testing.T) {
			h, input := plain, "[1]\n"
			if c.timed {
				h, input = concurrent, "[1,{\"ms\":5,\"value\":1}]\n"
			}
			o := run(t, h, c.lang, c.source, input, "1\n")
			if o.verdict() != judge.RTE || !strings.Contains(string(o.result.Stderr), c.says) {
				t.Errorf("verdict %s with %s of memory, want RTE: %s %.500s", o.verdict(), o.result.Memory, o.build.Output, o.result.Stderr)
			}
		})
	}
}
