//go:build !quick

package harness_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// What a solution has to do with these jobs, and how the world sees it.
const (
	pairInput  = `[[{"ms":30,"value":5},{"ms":10,"value":6}],2]` + "\n"
	pairAnswer = `{"ms":30,"value":[5,6],"events":[[0,"start",0],[0,"start",1],[10,"end",1],[30,"end",0]]}` + "\n"
)

// talkers are solutions that leave the driver aside and say @TALK@ themselves on
// every descriptor that they find. Then they wait, unless nobody would end that,
// until there is nothing more to read: the world listens to nobody who is gone.
var talkers = map[judge.Language]string{
	judge.Go: `package solution

import (
	"context"
	"os"
	"strconv"
	"strings"
	"syscall"
)

func RunAll(ctx context.Context, jobs []func(context.Context) (int, error), limit int) ([]int, error) {
	for _, fd := range descriptors() {
		// The one that tests are read from cannot be written to.
		for text := []byte(@TALK@); len(text) > 0; {
			n, err := syscall.Write(fd, text)
			if err != nil {
				break
			}
			text = text[n:]
		}
	}
	for _, fd := range descriptors() {
		for b := make([]byte, 99); strings.Contains(@TALK@, "return"); {
			if n, err := syscall.Read(fd, b); n <= 0 || err != nil {
				break
			}
		}
	}
	os.Exit(0)
	return nil, nil
}
` + goDescriptors,
	judge.Java: `import java.util.*;
import java.util.concurrent.*;

class Solution {
    int[] runAll(List<Callable<Integer>> jobs, int limit) {
        everywhere(@TALK@);
        for (String fd : open("0")) {
            try (java.io.FileInputStream f = new java.io.FileInputStream(fd)) {
                while (@TALK@.contains("return") && f.read() >= 0) {
                    continue;
                }
            } catch (java.io.IOException e) {
                continue;
            }
        }
        Runtime.getRuntime().halt(0);
        return null;
    }
` + javaEverywhere,
	judge.Python: pythonEverywhere + `

async def run_all(jobs, limit):
    everywhere(@TALK@)
    while "return" in @TALK@ and os.read(sys.modules["__main__"]._TESTS, 99):
        pass
    os._exit(0)
`,
}

// Whoever speaks for himself is believed what he does, and nothing else: calls
// that he makes, however he makes them, are calls, and only the world ends them.
func TestTalkIsNoForgery(t *testing.T) {
	h := function(t, poolSignature)
	const calls = `["task",0]` + "\n" + `["task",1]` + "\n"
	const returns = `["return",[5,6]]` + "\n"
	talks := []struct{ name, talk, output string }{
		// The control: this is what an honest solution comes to.
		{"everything", calls + `["idle",null]` + "\n" + `["idle",null]` + "\n" + returns, pairAnswer},
		{"returned without calls", returns, `{"ms":0,"value":[5,6],"events":[]}` + "\n"},
		{
			"returned before the calls ended", calls + returns,
			`{"ms":0,"value":[5,6],"events":[[0,"start",0],[0,"start",1]],"running":[0,1]}` + "\n",
		},
		{"time without calls", `["idle",30000]` + "\n" + returns, `{"ms":30,"value":[5,6],"events":[]}` + "\n"},
		{
			"time before its time", calls + `["idle",9000]` + "\n" + returns,
			`{"ms":9,"value":[5,6],"events":[[0,"start",0],[0,"start",1]],"running":[0,1]}` + "\n",
		},
		{
			"no time backwards", calls + `["idle",20000]` + "\n" + `["idle",5000]` + "\n" + returns,
			`{"ms":10,"value":[5,6],"events":[[0,"start",0],[0,"start",1],[10,"end",1]],"running":[0]}` + "\n",
		},
		{
			"a cancel that was none", calls + `["cancel",0]` + "\n" + `["idle",null]` + "\n" + returns,
			`{"ms":10,"value":[5,6],"events":[[0,"cancel",0],[0,"start",0],[0,"start",1],[10,"end",1]]}` + "\n",
		},
		{
			"a call twice", calls + calls + `["idle",null]` + "\n" + `["idle",null]` + "\n" + returns,
			`{"ms":30,"value":[5,6],"events":[[0,"start",0],[0,"start",0],[0,"start",1],[0,"start",1],[10,"end",1],[10,"end",1],[30,"end",0],[30,"end",0]]}` + "\n",
		},
		{"a task that is not there", calls + `["task",2]` + "\n" + `["idle",null]` + "\n" + `["idle",null]` + "\n" + returns, ""},
		{"a cancel of no call", calls + `["cancel",2]` + "\n" + `["idle",null]` + "\n" + `["idle",null]` + "\n" + returns, ""},
		{"an end of its own", calls + `[30,[[0,true,5],[1,true,6]]]` + "\n" + returns, ""},
		{"an account of its own", pairAnswer, ""},
		{"no end", calls, ""},
	}
	for _, lang := range judge.Languages() {
		for _, tt := range talks {
			t.Run(string(lang)+"/"+tt.name, func(t *testing.T) {
				source := strings.ReplaceAll(talkers[lang], "@TALK@", strconv.Quote(tt.talk))
				o := run(t, h, lang, source, pairInput, pairAnswer)
				if o.output != tt.output {
					t.Errorf("%s: %+v\noutput %q\nwant   %q\n%s", o.verdict(), o.finding, o.output, tt.output, o.said())
				}
				if ok := o.verdict() == judge.AC; ok != (tt.output == pairAnswer) {
					t.Errorf("%s: %+v\n%s", o.verdict(), o.finding, o.said())
				}
			})
		}
	}
}

// Solutions that try to have the driver on their side. Without the marked lines
// each is honest, which is the control.
func TestAccountsAreNotForgedWithTheDriver(t *testing.T) {
	h := function(t, poolSignature)
	for _, f := range concurrentForgeries {
		t.Run(string(f.lang)+"/"+f.name, func(t *testing.T) {
			if o := run(t, h, f.lang, f.source, pairInput, pairAnswer); o.verdict() == judge.AC || !slices.Contains(f.want, o.verdict()) {
				t.Errorf("%s, want %v: %+v, output %q\n%s", o.verdict(), f.want, o.finding, o.output, o.said())
			}
			var tame strings.Builder
			for line := range strings.Lines(f.source) {
				if !strings.Contains(line, "// forged") && !strings.Contains(line, "# forged") {
					tame.WriteString(line)
				}
			}
			if tame.String() == f.source {
				t.Fatal("no line is marked")
			}
			if o := run(t, h, f.lang, tame.String(), pairInput, pairAnswer); o.verdict() != judge.AC {
				t.Errorf("the control: %s: %+v, output %q\n%s", o.verdict(), o.finding, o.output, o.said())
			}
		})
	}
}

const goPair = `
func both(ctx context.Context, jobs []func(context.Context) (int, error)) ([]int, error) {
	results := make([]int, len(jobs))
	var all sync.WaitGroup
	for i, job := range jobs {
		all.Go(func() { results[i], _ = job(ctx) })
	}
	all.Wait()
	return results, nil
}
`

const javaPair = `
    static int[] both(List<Callable<Integer>> jobs) throws Exception {
        ExecutorService pool = Executors.newCachedThreadPool();
        List<Future<Integer>> all = new ArrayList<>();
        for (Callable<Integer> job : jobs) {
            all.add(pool.submit(job));
        }
        int[] results = new int[jobs.size()];
        for (int i = 0; i < results.length; i++) {
            results[i] = all.get(i).get();
        }
        return results;
    }
}
`

var concurrentForgeries = []forgery{
	{
		name: "exits-in-a-call", lang: judge.Go, want: wrong,
		source: `package solution

import (
	"context"
	"os" // forged
	"sync"
	"time" // forged
)

func RunAll(ctx context.Context, jobs []func(context.Context) (int, error), limit int) ([]int, error) {
	time.AfterFunc(10*time.Millisecond, func() { os.Exit(0) }) // forged
	return both(ctx, jobs)
}
` + goPair,
	},
	{
		name: "returns-what-it-guesses", lang: judge.Go, want: wrong,
		source: `package solution

import (
	"context"
	"sync"
	"time" // forged
)

func RunAll(ctx context.Context, jobs []func(context.Context) (int, error), limit int) ([]int, error) {
	if time.Sleep(30 * time.Millisecond); limit == 2 { return []int{5, 6}, nil } // forged
	return both(ctx, jobs)
}
` + goPair,
	},
	{
		name: "calls-through-cancelled-contexts", lang: judge.Go, want: wrong,
		source: `package solution

import (
	"context"
	"sync"
)

func RunAll(ctx context.Context, jobs []func(context.Context) (int, error), limit int) ([]int, error) {
	done, cancel := context.WithCancel(ctx)
	defer cancel()
	cancel() // forged
	return both(done, jobs)
}
` + goPair,
	},
	{
		name: "reads-the-answers-of-the-world", lang: judge.Go, want: []judge.Verdict{judge.WA, judge.RTE},
		source: `package solution

import (
	"context"
	"strconv" // forged
	"os" // forged
	"sync"
)

func RunAll(ctx context.Context, jobs []func(context.Context) (int, error), limit int) ([]int, error) {
	for _, fd := range descriptors() { os.NewFile(uintptr(fd), "").WriteString("[\"task\",0]\n[\"task\",1]\n[\"idle\",null]\n[\"idle\",null]\n") } // forged
	return both(ctx, jobs)
}
` + goPair + strings.ReplaceAll(strings.TrimSpace(goDescriptors), "\n", " // forged\n") + " // forged\n",
	},
	{
		name: "halts-in-a-call", lang: judge.Java, want: wrong,
		source: `import java.util.*;
import java.util.concurrent.*;

class Solution {
    int[] runAll(List<Callable<Integer>> jobs, int limit) throws Exception {
        CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS).execute(() -> Runtime.getRuntime().halt(0)); // forged
        return both(jobs);
    }
` + javaPair,
	},
	{
		name: "returns-what-it-guesses", lang: judge.Java, want: wrong,
		source: `import java.util.*;
import java.util.concurrent.*;

class Solution {
    int[] runAll(List<Callable<Integer>> jobs, int limit) throws Exception {
        Thread.sleep(30); // forged
        if (limit == 2) return new int[] {5, 6}; // forged
        return both(jobs);
    }
` + javaPair,
	},
	{
		name: "clock-moved-by-reflection", lang: judge.Java, want: wrong,
		source: `import java.lang.reflect.*; // forged
import java.util.*;
import java.util.concurrent.*;

class Solution {
    int[] runAll(List<Callable<Integer>> jobs, int limit) throws Exception {
        Method reach = Class.forName("DocketTime").getDeclaredMethod("reach", long.class); // forged
        reach.setAccessible(true); // forged
        reach.invoke(null, 30_000_000L); // forged
        if (limit == 2) return new int[] {5, 6}; // forged
        return both(jobs);
    }
` + javaPair,
	},
	{
		name: "call-ended-by-reflection", lang: judge.Java, want: wrong,
		source: `import java.lang.reflect.*; // forged
import java.util.*;
import java.util.concurrent.*;

class Solution {
    int[] runAll(List<Callable<Integer>> jobs, int limit) throws Exception {
        for (Field held : jobs.get(0).getClass().getDeclaredFields()) { // forged
            held.setAccessible(true); // forged
            Object sim = held.get(jobs.get(0)); // forged
            if (sim instanceof DocketSim) { // forged
                Field calls = DocketSim.class.getDeclaredField("calls"); // forged
                calls.setAccessible(true); // forged
                new Thread(() -> { try { both(jobs); } catch (Exception e) { } }).start(); // forged
                while (((List<?>) calls.get(sim)).size() < 2) Thread.onSpinWait(); // forged
                ((CompletableFuture<Object>) ((List<?>) calls.get(sim)).get(0)).complete(5); // forged
                ((CompletableFuture<Object>) ((List<?>) calls.get(sim)).get(1)).complete(6); // forged
                return new int[] {5, 6}; // forged
            } // forged
        } // forged
        return both(jobs);
    }
` + javaPair,
	},
	{
		name: "exits-in-a-call", lang: judge.Python, want: wrong,
		source: `import asyncio
import os  # forged


async def run_all(jobs, limit):
    asyncio.get_running_loop().call_later(0.01, os._exit, 0)  # forged
    return list(await asyncio.gather(*(job() for job in jobs)))
`,
	},
	{
		name: "clock-moved", lang: judge.Python, want: wrong,
		source: `import asyncio


async def run_all(jobs, limit):
    asyncio.get_running_loop().now += 0.03  # forged
    return [5, 6]  # forged
    return list(await asyncio.gather(*(job() for job in jobs)))
`,
	},
	{
		name: "world-answers-itself", lang: judge.Python, want: []judge.Verdict{judge.WA, judge.RTE},
		source: `import asyncio
import io  # forged


async def run_all(jobs, limit):
    asyncio.get_running_loop().world.tests = io.StringIO("[30000,[[0,true,5],[1,true,6]]]\n")  # forged
    return list(await asyncio.gather(*(job() for job in jobs)))
`,
	},
	{
		name: "futures-set", lang: judge.Python, want: wrong,
		source: `import asyncio


async def run_all(jobs, limit):
    tasks = [asyncio.create_task(job()) for job in jobs]
    await asyncio.sleep(0)
    for value, (future, _) in zip((5, 6), asyncio.get_running_loop().world.calls):  # forged
        future.set_result(value)  # forged
    return list(await asyncio.gather(*tasks))
`,
	},
}
