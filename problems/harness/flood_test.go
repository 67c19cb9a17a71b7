//go:build !quick

package harness_test

import (
	"testing"

	"github.com/docketjudge/docket/judge"
)

// A program that speaks and never reads ends as any other that takes too long:
// neither it nor the world waits for the other for ever.
func TestFloodOfMessagesEnds(t *testing.T) {
	h := function(t, poolSignature)
	flood := `import os, sys

async def run_all(jobs, limit):
    data = memoryview(b'["idle",0]\n' * 700000)
    while data:
        data = data[os.write(sys.modules["__main__"]._RESULTS, data):]
`
	o := run(t, h, judge.Python, flood, pairInput, pairAnswer)
	if !o.build.OK || o.verdict() == judge.AC || o.verdict() == judge.JE {
		t.Errorf("%s: %s, %+v", o.verdict(), o.build.Output, o.result)
	}
}
