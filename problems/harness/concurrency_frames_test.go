//go:build !quick

package harness_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// Whoever solves a concurrency problem sees their own frames alone: none of the
// driver's that lead to the solution, that it calls, or that are of an error
// behind the last one or within it.
func TestFramesOfConcurrentPython(t *testing.T) {
	h := function(t, poolSignature)
	for _, tt := range []struct{ name, source, says string }{
		{"an error of its own", `
async def run_all(jobs, limit):
    raise KeyError("mine")
`, `Traceback (most recent call last):
  File "solution.py", line 3, in run_all
    raise KeyError("mine")
KeyError: 'mine'
`},
		{"amid the failure of a job", `
async def run_all(jobs, limit):
    try:
        await jobs[0]()
    except Exception:
        raise KeyError("mine")
`, `Traceback (most recent call last):
  File "solution.py", line 4, in run_all
    await jobs[0]()
docket_sim.TaskError: boom

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "solution.py", line 6, in run_all
    raise KeyError("mine")
KeyError: 'mine'
`},
		{"because of a clock", `
import time


async def run_all(jobs, limit):
    try:
        time.sleep(-1)
    except ValueError as e:
        raise KeyError("mine") from e
`, `Traceback (most recent call last):
  File "solution.py", line 7, in run_all
    time.sleep(-1)
    ~~~~~~~~~~^^^^
ValueError: sleep length must be non-negative

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "solution.py", line 9, in run_all
    raise KeyError("mine") from e
KeyError: 'mine'
`},
		{"within a group", `
import asyncio


async def run_all(jobs, limit):
    async with asyncio.TaskGroup() as group:
        group.create_task(work(jobs))


async def work(jobs):
    await jobs[0]()
`, `  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "solution.py", line 11, in work
    |     await jobs[0]()
    | docket_sim.TaskError: boom
    +------------------------------------
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := run(t, h, judge.Python, tt.source, `[[{"ms":5,"error":"boom"}],50]`+"\n", `{"ms":5,"error":"boom","events":[]}`+"\n")
			said := string(o.result.Stderr)
			if o.verdict() != judge.RTE || !strings.HasSuffix(said, tt.says) {
				t.Errorf("%s, said:\n%s", o.verdict(), said)
			}
			for _, driver := range []string{`"docket_`, "base_events", "runners"} {
				if strings.Contains(said, driver) {
					t.Errorf("%s is in it:\n%s", driver, said)
				}
			}
		})
	}
}
