//go:build !quick

package harness_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// pythonWaits are ways to wait for 20 milliseconds in vain.
var pythonWaits = map[string]string{
	"sleep":      "await asyncio.sleep(0.02)",
	"sleeps":     "for _ in range(200): await asyncio.sleep(0.0001)",
	"turns":      "await asyncio.sleep(0.02)\n    for _ in range(5000): await asyncio.sleep(0)",
	"wait_for":   "try: await asyncio.wait_for(asyncio.Event().wait(), 0.02)\n    except TimeoutError: pass",
	"timeout":    "try:\n        async with asyncio.timeout(0.02): await asyncio.Event().wait()\n    except TimeoutError: pass",
	"timeout_at": "try:\n        async with asyncio.timeout_at(loop.time() + 0.02): await asyncio.Event().wait()\n    except TimeoutError: pass",
	"wait":       "done, left = await asyncio.wait({asyncio.create_task(asyncio.sleep(1))}, timeout=0.02)\n    left.pop().cancel()",
	"call_later": "e = asyncio.Event()\n    loop.call_later(0.02, e.set)\n    await e.wait()",
	"call_at":    "f = loop.create_future()\n    loop.call_at(loop.time() + 0.02, f.set_result, 1)\n    await f",
	"many":       "await asyncio.gather(*(asyncio.sleep(i / 10000) for i in range(201)))",
	"looks":      "t = asyncio.create_task(asyncio.sleep(0.02))\n    while not t.done(): await asyncio.sleep(0.001)",
	"queue":      "q = asyncio.Queue()\n    try: await asyncio.wait_for(q.get(), 0.02)\n    except TimeoutError: pass",
	"past":       "e = asyncio.Event()\n    loop.call_at(loop.time() - 5, e.set)\n    await e.wait()\n    await asyncio.sleep(-1)\n    await asyncio.sleep(0.02)",
	"at once":    "flag = []\n    loop.call_later(0, flag.append, 1)\n    while not flag: await asyncio.sleep(0)\n    await asyncio.sleep(0.02)",
	"time.sleep": "begin = time.time(), time.monotonic(), time.perf_counter_ns()\n    time.sleep(0.02)\n    assert round((time.time() - begin[0]) * 1e6) == 20000\n    assert round((time.monotonic() - begin[1]) * 1e6) == 20000\n    assert time.perf_counter_ns() - begin[2] == 20_000_000",
	"nap":        "begin = clock()\n    nap(0.02)\n    assert abs(clock() - begin - 0.02) < 1e-6\n    assert now_ns() // 10**9 == int(time.time())",
	"two at once": "log = []\n    loop.call_later(0.02, log.append, 2)\n    loop.call_later(0.02, log.append, 3)\n    loop.call_later(0.01, log.append, 1)\n" +
		"    await asyncio.sleep(0.02)\n    assert log == [1, 2, 3], log",
}

func TestPythonWaitsOnVirtualTime(t *testing.T) {
	var source, input, answer strings.Builder
	source.WriteString("import asyncio\nimport time\nfrom time import perf_counter as clock, sleep as nap, time_ns as now_ns\n")
	for i, name := range slices.Sorted(maps.Keys(pythonWaits)) {
		fmt.Fprintf(&source, "\n\nasync def wait%d(loop):\n    %s\n", i, pythonWaits[name])
		fmt.Fprintf(&input, "[%d,{\"ms\":5,\"value\":1}]\n", i)
		answer.WriteString(`{"ms":25,"value":25000,"events":[[20,"start",0],[25,"end",0]]}` + "\n")
	}
	source.WriteString(`

async def spend(what, job):
    loop = asyncio.get_running_loop()
    begin = loop.time()
    await globals()[f"wait{what}"](loop)
    await job()
    return round((loop.time() - begin) * 1e6)
`)
	o := run(t, function(t, "spend(what int, job task<int>) long"), judge.Python, source.String(), input.String(), answer.String())
	if o.verdict() != judge.AC {
		t.Errorf("%s: %+v\n%s\n%s", o.verdict(), o.finding, o.output, o.said())
	}
}

// What a call that ended brings about comes before timers of the same moment,
// however many tasks it has to go through.
func TestPythonEndsBeforeTimers(t *testing.T) {
	o := run(t, function(t, "f(job task<int>) int"), judge.Python, `import asyncio


async def through(job, depth):
    if depth == 0:
        return await job()
    return await asyncio.create_task(through(job, depth - 1))


async def f(job):
    async with asyncio.timeout(0.03):
        return await through(job, 50)
`, `[{"ms":30,"value":7}]`+"\n", `{"ms":30,"value":7,"events":[[0,"start",0],[30,"end",0]]}`+"\n")
	if o.verdict() != judge.AC {
		t.Errorf("%s: %+v\n%s", o.verdict(), o.finding, o.said())
	}
}

// time.sleep stops the whole loop, as it does elsewhere: calls end meanwhile,
// and nobody hears of it.
func TestPythonSleepStopsTheLoop(t *testing.T) {
	o := run(t, function(t, "f(first task<int>, second task<int>) int"), judge.Python, `import asyncio
import time


async def f(first, second):
    task = asyncio.create_task(first())
    await asyncio.sleep(0)
    time.sleep(0.03)
    return await task + await second()
`, `[{"ms":10,"value":7},{"ms":5,"value":1}]`+"\n",
		`{"ms":35,"value":8,"events":[[0,"start",0],[10,"end",0],[30,"start",1],[35,"end",1]]}`+"\n")
	if o.verdict() != judge.AC {
		t.Errorf("%s: %+v\n%s", o.verdict(), o.finding, o.said())
	}
}

func TestPythonThreadsSaySo(t *testing.T) {
	for _, code := range []string{"asyncio.to_thread(print)", "asyncio.get_running_loop().run_in_executor(None, print)"} {
		o := run(t, function(t, "f(job task<int>) int"), judge.Python, "import asyncio\n\n\nasync def f(job):\n    await "+code+"\n    return await job()\n",
			`[{"ms":30,"value":7}]`+"\n", `{"ms":30,"value":7,"events":[[0,"start",0],[30,"end",0]]}`+"\n")
		if o.verdict() != judge.RTE || !strings.Contains(string(o.result.Stderr), "threads do not run on virtual time") {
			t.Errorf("%s: %s: %+v\n%s", code, o.verdict(), o.finding, o.said())
		}
	}
}
