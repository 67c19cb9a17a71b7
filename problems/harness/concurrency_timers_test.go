//go:build !quick

package harness_test

import (
	"testing"

	"github.com/docketjudge/docket/judge"
)

// scene is a way of using time and callables, written in every language. All
// must come to the same accounts.
type scene struct {
	name, signature string
	input, answer   string
	sources         map[judge.Language]string
}

func TestScenes(t *testing.T) {
	for _, s := range scenes {
		h := function(t, s.signature)
		for _, lang := range judge.Languages() {
			source, ok := s.sources[lang]
			if !ok {
				continue
			}
			t.Run(s.name+"/"+string(lang), func(t *testing.T) {
				o := run(t, h, lang, source, s.input, s.answer)
				if o.verdict() != judge.AC || o.output != s.answer {
					t.Errorf("%s: %+v\ngot  %s\nwant %s\n%s", o.verdict(), o.finding, o.output, s.answer, o.said())
				}
			})
		}
	}
}

// What never waits, and what wakes up again and again for nothing, ends by its
// limit.
func TestEndlessScenes(t *testing.T) {
	h := function(t, "f(job task<int>, spin bool) int")
	for lang, source := range map[judge.Language]string{
		judge.Go: `package solution

import (
	"context"
	"time"
)

func F(ctx context.Context, job func(context.Context) (int, error), spin bool) (int, error) {
	begin := time.Now()
	go job(ctx)
	for time.Since(begin) < time.Millisecond || !spin {
		if !spin {
			time.Sleep(time.Millisecond)
		}
	}
	return 1, nil
}
`,
		judge.Java: `import java.util.concurrent.*;

class Solution {
    int f(Callable<Integer> job, boolean spin) throws Exception {
        long begin = System.nanoTime();
        new Thread(new FutureTask<>(job)).start();
        while (System.nanoTime() - begin < 1_000_000 || !spin) {
            if (!spin) {
                Thread.sleep(1);
            }
        }
        return 1;
    }
}
`,
		judge.Python: `import asyncio


async def f(job, spin):
    task = asyncio.create_task(job())
    while not task.done():
        await asyncio.sleep(0 if spin else 0.001)
    return 1
`,
	} {
		for _, input := range []string{`[{"ms":1,"value":1},true]`, `[{"ms":null,"value":1},false]`} {
			t.Run(string(lang)+" "+input, func(t *testing.T) {
				o := runEndless(t, h, lang, source, input+"\n", `{"ms":1,"value":1,"events":[[0,"start",0],[1,"end",0]]}`+"\n")
				if o.verdict() != judge.TLE || o.output != "" {
					t.Errorf("%s: %+v\n%s\n%s", o.verdict(), o.finding, o.output, o.said())
				}
			})
		}
	}
}

var scenes = []scene{
	{
		name: "retry with backoff", signature: "retry(attempts task<int>[]) int",
		input: `[[{"ms":5,"error":"a"},{"ms":5,"error":"b"},{"ms":5,"value":9}]]
[[{"ms":1,"value":1},{"ms":1,"value":2}]]
[[{"ms":7,"error":"a"},{"ms":7,"error":"last"}]]
`,
		answer: `{"ms":315,"value":9,"events":[[0,"start",0],[5,"fail",0],[105,"start",1],[110,"fail",1],[310,"start",2],[315,"end",2]]}
{"ms":1,"value":1,"events":[[0,"start",0],[1,"end",0]]}
{"ms":114,"error":"last","events":[[0,"start",0],[7,"fail",0],[107,"start",1],[114,"fail",1]]}
`,
		sources: map[judge.Language]string{
			judge.Go: `package solution

import (
	"context"
	"time"
)

func Retry(ctx context.Context, attempts []func(context.Context) (int, error)) (int, error) {
	wait := 100 * time.Millisecond
	for i := 0; ; i++ {
		v, err := attempts[i](ctx)
		if err == nil || i == len(attempts)-1 {
			return v, err
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return 0, ctx.Err()
		}
		wait *= 2
	}
}
`,
			judge.Java: `import java.util.*;
import java.util.concurrent.*;

class Solution {
    int retry(List<Callable<Integer>> attempts) throws Exception {
        long wait = 100;
        for (int i = 0; ; i++) {
            try {
                return attempts.get(i).call();
            } catch (Exception e) {
                if (i == attempts.size() - 1) {
                    throw e;
                }
            }
            Thread.sleep(wait);
            wait *= 2;
        }
    }
}
`,
			judge.Python: `import asyncio


async def retry(attempts):
    wait = 0.1
    for i, attempt in enumerate(attempts):
        try:
            return await attempt()
        except Exception:
            if i == len(attempts) - 1:
                raise
        await asyncio.sleep(wait)
        wait *= 2
`,
		},
	},
	{
		name: "hedge", signature: "hedge(get fetch<string>) string",
		input: `[{"a":{"ms":30,"value":"x"},"b":{"ms":20,"value":"y"}}]
[{"a":{"ms":200,"value":"x"},"b":{"ms":20,"value":"y"}}]
[{"a":{"ms":60,"value":"x"},"b":{"ms":20,"value":"y"}}]
[{"a":{"ms":null,"value":"x"},"b":{"ms":500,"value":"y"}}]
[{"a":{"ms":50,"value":"x"},"b":{"ms":20,"value":"y"}}]
`,
		answer: `{"ms":30,"value":"x","events":[[0,"start","a"],[30,"end","a"]]}
{"ms":70,"value":"y","events":[[0,"start","a"],[50,"start","b"],[70,"end","b"],[70,"cancel","a"]]}
{"ms":60,"value":"x","events":[[0,"start","a"],[50,"start","b"],[60,"end","a"],[60,"cancel","b"]]}
{"ms":550,"value":"y","events":[[0,"start","a"],[50,"start","b"],[550,"end","b"],[550,"cancel","a"]]}
{"ms":50,"value":"x","events":[[0,"start","a"],[50,"end","a"]]}
`,
		sources: map[judge.Language]string{
			judge.Go: `package solution

import (
	"context"
	"time"
)

func Hedge(ctx context.Context, get func(context.Context, string) (string, error)) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	found := make(chan string, 2)
	ask := func(key string) {
		if text, err := get(ctx, key); err == nil {
			found <- text
		}
	}
	go ask("a")
	timer := time.NewTimer(50 * time.Millisecond)
	defer timer.Stop()
	select {
	case text := <-found:
		return text, nil
	case <-timer.C:
		go ask("b")
	}
	return <-found, nil
}
`,
			judge.Java: `import java.util.concurrent.*;
import java.util.function.*;

class Solution {
    String hedge(Function<String, CompletableFuture<String>> get) throws Exception {
        CompletableFuture<String> a = get.apply("a");
        try {
            return a.get(50, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            CompletableFuture<String> b = get.apply("b");
            String first = (String) CompletableFuture.anyOf(a, b).get();
            a.cancel(true);
            b.cancel(true);
            return first;
        }
    }
}
`,
			judge.Python: `import asyncio


async def hedge(get):
    tasks = {asyncio.create_task(get("a"))}
    done, _ = await asyncio.wait(tasks, timeout=0.05)
    if not done:
        tasks.add(asyncio.create_task(get("b")))
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks - done:
        task.cancel()
    return done.pop().result()
`,
		},
	},
	{
		// A call that ends when its time is over has ended.
		name: "time for each call", signature: "patient(keys string[], get fetch<string>) string[]",
		input: `[["a","b","c","d"],{"a":{"ms":10,"value":"x"},"b":{"ms":90,"value":"y"},"c":{"ms":40,"value":"z"},"d":{"ms":null,"value":""}}]
`,
		answer: `{"ms":130,"value":["x","late","z","late"],"events":[[0,"start","a"],[10,"end","a"],[10,"start","b"],[50,"cancel","b"],[50,"start","c"],[90,"end","c"],[90,"start","d"],[130,"cancel","d"]]}
`,
		sources: map[judge.Language]string{
			judge.Go: `package solution

import (
	"context"
	"errors"
	"time"
)

func Patient(ctx context.Context, keys []string, get func(context.Context, string) (string, error)) ([]string, error) {
	var all []string
	for _, key := range keys {
		limited, cancel := context.WithTimeout(ctx, 40*time.Millisecond)
		text, err := get(limited, key)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			text = "late"
		}
		all = append(all, text)
	}
	return all, nil
}
`,
			judge.Java: `import java.util.*;
import java.util.concurrent.*;
import java.util.function.*;

class Solution {
    List<String> patient(List<String> keys, Function<String, CompletableFuture<String>> get) throws Exception {
        List<String> all = new ArrayList<>();
        for (String key : keys) {
            CompletableFuture<String> call = get.apply(key);
            try {
                all.add(call.get(40, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                call.cancel(true);
                all.add("late");
            }
        }
        return all;
    }
}
`,
			judge.Python: `import asyncio


async def patient(keys, get):
    found = []
    for i, key in enumerate(keys):
        try:
            if i % 2:
                found.append(await asyncio.wait_for(asyncio.create_task(get(key)), 0.04))
            else:
                async with asyncio.timeout(0.04):
                    found.append(await get(key))
        except TimeoutError:
            found.append("late")
    return found
`,
		},
	},
	{
		name: "deadline around a call's end", signature: "before(get fetch<string>, timeout deadline) string",
		input: `[{"a":{"ms":49,"value":"x"}},50]
[{"a":{"ms":50,"value":"x"}},50]
[{"a":{"ms":51,"value":"x"}},50]
[{"a":{"ms":50,"error":"x"}},50]
[{"a":{"ms":0,"value":"x"}},1]
`,
		answer: `{"ms":49,"value":"x","events":[[0,"start","a"],[49,"end","a"]]}
{"ms":50,"value":"x","events":[[0,"start","a"],[50,"end","a"]]}
{"ms":50,"value":"late","events":[[0,"start","a"],[50,"cancel","a"]]}
{"ms":50,"value":"failed","events":[[0,"start","a"],[50,"fail","a"]]}
{"ms":0,"value":"x","events":[[0,"end","a"],[0,"start","a"]]}
`,
		sources: map[judge.Language]string{
			judge.Go: `package solution

import "context"

func Before(ctx context.Context, get func(context.Context, string) (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	found := make(chan answer, 1)
	go func() {
		text, err := get(ctx, "a")
		found <- answer{text, err}
	}()
	select {
	case a := <-found:
		if a.err != nil {
			return "failed", nil
		}
		return a.text, nil
	case <-ctx.Done():
		return "late", nil
	}
}
`,
			judge.Java: `import java.util.concurrent.*;
import java.util.function.*;

class Solution {
    String before(Function<String, CompletableFuture<String>> get, CompletableFuture<Void> timeout) {
        CompletableFuture<String> call = get.apply("a");
        CompletableFuture.anyOf(call.exceptionally(e -> "failed"), timeout).join();
        if (call.isDone()) {
            return call.isCompletedExceptionally() ? "failed" : call.join();
        }
        call.cancel(true);
        return "late";
    }
}
`,
			judge.Python: `import asyncio


async def before(get, timeout):
    try:
        return await asyncio.wait_for(get("a"), timeout)
    except TimeoutError:
        return "late"
    except Exception:
        return "failed"
`,
		},
	},
	{
		name: "an unknown argument", signature: "one(get fetch<string>) string",
		input:  `[{"a":{"ms":5,"value":"x"}}]` + "\n",
		answer: `{"ms":0,"error":"there is no b","events":[[0,"fail","b"],[0,"start","b"]]}` + "\n",
		sources: map[judge.Language]string{
			judge.Go: `package solution

import (
	"context"
	"fmt"
)

func One(ctx context.Context, get func(context.Context, string) (string, error)) (string, error) {
	text, err := get(ctx, "b")
	if err != nil {
		return "", fmt.Errorf("asking: %w", err)
	}
	return text, nil
}
`,
			judge.Java: `import java.util.concurrent.*;
import java.util.function.*;

class Solution {
    String one(Function<String, CompletableFuture<String>> get) throws Exception {
        return get.apply("b").get();
    }
}
`,
			judge.Python: `async def one(get):
    return await get("b")
`,
		},
	},
	{
		name: "one argument twice", signature: "twice(get fetch<string>) string[]",
		input:  `[{"a":{"ms":5,"value":"x"}}]` + "\n",
		answer: `{"ms":5,"value":["x","x"],"events":[[0,"start","a"],[0,"start","a"],[5,"end","a"],[5,"end","a"]]}` + "\n",
		sources: map[judge.Language]string{
			judge.Go: `package solution

import (
	"context"
	"sync"
)

func Twice(ctx context.Context, get func(context.Context, string) (string, error)) ([]string, error) {
	all := make([]string, 2)
	var wg sync.WaitGroup
	for i := range all {
		wg.Go(func() { all[i], _ = get(ctx, "a") })
	}
	wg.Wait()
	return all, nil
}
`,
			judge.Java: `import java.util.*;
import java.util.concurrent.*;
import java.util.function.*;

class Solution {
    List<String> twice(Function<String, CompletableFuture<String>> get) throws Exception {
        CompletableFuture<String> first = get.apply("a");
        CompletableFuture<String> second = get.apply("a");
        return List.of(first.get(), second.get());
    }
}
`,
			judge.Python: `import asyncio


async def twice(get):
    return await asyncio.gather(get("a"), get("a"))
`,
		},
	},
	{
		name: "waits for ever", signature: "forever(job task<int>, timer bool) int",
		input:  `[{"ms":5,"value":1},false]` + "\n",
		answer: `{"ms":5,"stuck":true,"events":[[0,"start",0],[5,"end",0]]}` + "\n",
		sources: map[judge.Language]string{
			judge.Go:     foreverGo,
			judge.Java:   foreverJava,
			judge.Python: foreverPython,
		},
	},
	{
		// No timer goes off later than the end of time.
		name: "sleeps for ever", signature: "forever(job task<int>, timer bool) int",
		input:  `[{"ms":5,"value":1},true]` + "\n",
		answer: `{"ms":5,"stuck":true,"events":[[0,"start",0],[5,"end",0]]}` + "\n",
		sources: map[judge.Language]string{
			judge.Go:   foreverGo,
			judge.Java: foreverJava,
		},
	},
	{
		name: "cancelled after the end", signature: "late(get fetch<string>) string",
		input:  `[{"a":{"ms":5,"value":"x"}}]` + "\n",
		answer: `{"ms":25,"value":"x","events":[[0,"start","a"],[5,"end","a"]]}` + "\n",
		sources: map[judge.Language]string{
			judge.Go: `package solution

import (
	"context"
	"time"
)

func Late(ctx context.Context, get func(context.Context, string) (string, error)) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	text, err := get(ctx, "a")
	time.Sleep(20 * time.Millisecond)
	cancel()
	return text, err
}
`,
			judge.Java: `import java.util.concurrent.*;
import java.util.function.*;

class Solution {
    String late(Function<String, CompletableFuture<String>> get) throws Exception {
        CompletableFuture<String> call = get.apply("a");
        TimeUnit.MILLISECONDS.sleep(25);
        call.cancel(true);
        return call.get();
    }
}
`,
			judge.Python: `import asyncio


async def late(get):
    task = asyncio.create_task(get("a"))
    await asyncio.sleep(0.025)
    task.cancel()
    return await task
`,
		},
	},
	{
		name: "calls that lead to calls", signature: "chain(start string, get fetch<string>) string[]",
		input: `["a",{"a":{"ms":5,"value":"b"},"b":{"ms":0,"value":"c"},"c":{"ms":7,"error":"end"}}]` + "\n",
		answer: `{"ms":12,"value":["b","c"],"events":[[0,"start","a"],[5,"end","a"],[5,"end","b"],[5,"start","b"],[5,"start","c"],[12,"fail","c"]]}
`,
		sources: map[judge.Language]string{
			judge.Go: `package solution

import "context"

func Chain(ctx context.Context, start string, get func(context.Context, string) (string, error)) ([]string, error) {
	found := []string{}
	var follow func(string, chan<- struct{})
	follow = func(key string, done chan<- struct{}) {
		text, err := get(ctx, key)
		if err != nil {
			close(done)
			return
		}
		found = append(found, text)
		go follow(text, done)
	}
	done := make(chan struct{})
	go follow(start, done)
	<-done
	return found, nil
}
`,
			judge.Java: `import java.util.*;
import java.util.concurrent.*;
import java.util.function.*;

class Solution {
    private final List<String> found = Collections.synchronizedList(new ArrayList<>());
    private Function<String, CompletableFuture<String>> get;

    private CompletableFuture<Void> follow(String key) {
        return get.apply(key).thenCompose(text -> {
            found.add(text);
            return follow(text);
        });
    }

    List<String> chain(String start, Function<String, CompletableFuture<String>> get) throws Exception {
        this.get = get;
        return follow(start).handle((nothing, end) -> found).get();
    }
}
`,
			judge.Python: `import asyncio


async def chain(start, get):
    found = []

    async def follow(key):
        try:
            text = await get(key)
        except Exception:
            return
        found.append(text)
        await asyncio.create_task(follow(text))

    await follow(start)
    return found
`,
		},
	},
	{
		// What a timer brings about between two microseconds counts at the
		// later one; timers that bring about nothing are as exact as they are.
		name: "parts of milliseconds", signature: "parts(job task<int>) int",
		input:  `[{"ms":2,"value":1}]` + "\n",
		answer: `{"ms":6.502,"value":2,"events":[[0.5,"start",0],[2.5,"end",0],[3.5,"start",0],[5.5,"end",0]]}` + "\n",
		sources: map[judge.Language]string{
			judge.Go: `package solution

import (
	"context"
	"time"
)

func Parts(ctx context.Context, job func(context.Context) (int, error)) (int, error) {
	time.Sleep(500 * time.Microsecond)
	a, _ := job(ctx)
	for range 10 {
		time.Sleep(100 * time.Microsecond)
	}
	b, err := job(ctx)
	time.Sleep(time.Millisecond + 1500*time.Nanosecond)
	return a + b, err
}
`,
			judge.Java: `import java.time.Duration;
import java.util.concurrent.*;

class Solution {
    int parts(Callable<Integer> job) throws Exception {
        TimeUnit.MICROSECONDS.sleep(500);
        int a = job.call();
        for (int i = 0; i < 10; i++) {
            Thread.sleep(0, 100_000);
        }
        int b = job.call();
        Thread.sleep(Duration.ofNanos(1_001_500));
        return a + b;
    }
}
`,
			judge.Python: `import asyncio


async def parts(job):
    await asyncio.sleep(0.0005)
    a = await job()
    for _ in range(10):
        await asyncio.sleep(0.0001)
    b = await job()
    await asyncio.sleep(0.0010015)
    return a + b
`,
		},
	},
	{
		name: "a timer again and again", signature: "ticks(job task<int>) int[]",
		input:  `[{"ms":35,"value":7}]` + "\n" + `[{"ms":40,"value":7}]` + "\n" + `[{"ms":86400000,"value":7}]` + "\n",
		answer: `{"ms":35,"value":[7,3],"events":[[0,"start",0],[35,"end",0]]}` + "\n" + `{"ms":40,"value":[7,3],"events":[[0,"start",0],[40,"end",0]]}` + "\n" + `{"ms":1000,"value":[0,100],"events":[[0,"start",0]],"running":[0]}` + "\n",
		sources: map[judge.Language]string{
			judge.Go: `package solution

import (
	"context"
	"time"
)

func Ticks(ctx context.Context, job func(context.Context) (int, error)) ([]int, error) {
	done := make(chan int, 1)
	go func() {
		v, _ := job(ctx)
		done <- v
	}()
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for n := 0; ; {
		select {
		case v := <-done:
			return []int{v, n}, nil
		case <-ticker.C:
			if n++; n == 100 {
				return []int{0, n}, nil
			}
		}
	}
}
`,
			judge.Java: `import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

class Solution {
    int[] ticks(Callable<Integer> job) throws Exception {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger n = new AtomicInteger();
        CompletableFuture<Integer> done = new CompletableFuture<>();
        timer.scheduleAtFixedRate(() -> {
            if (n.incrementAndGet() == 100) {
                done.complete(0);
            }
        }, 10, 10, TimeUnit.MILLISECONDS);
        new Thread(() -> {
            try {
                done.complete(job.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        }).start();
        int value = done.get();
        timer.shutdownNow();
        return new int[] {value, n.get()};
    }
}
`,
			judge.Python: `import asyncio


async def ticks(job):
    task = asyncio.create_task(job())
    n = 0
    while True:
        done, _ = await asyncio.wait({task}, timeout=0.01)
        if done:
            return [task.result(), n]
        n += 1
        if n == 100:
            return [0, n]
`,
		},
	},
	{
		// Who returns at the deadline by a timer of its own has its calls
		// cancelled, where they go by the context.
		name: "a timer of one's own at the deadline", signature: "own(get fetch<string>, timeout deadline) string",
		input: `[{"a":{"ms":99,"value":"x"}},100]
[{"a":{"ms":100,"value":"x"}},100]
[{"a":{"ms":101,"value":"x"}},100]
[{"a":{"ms":null,"value":""}},100]
`,
		answer: `{"ms":99,"value":"x","events":[[0,"start","a"],[99,"end","a"]]}
{"ms":100,"value":"x","events":[[0,"start","a"],[100,"end","a"]]}
{"ms":100,"value":"late","events":[[0,"start","a"],[100,"cancel","a"]]}
{"ms":100,"value":"late","events":[[0,"start","a"],[100,"cancel","a"]]}
`,
		sources: map[judge.Language]string{
			judge.Java: `import java.util.concurrent.*;
import java.util.function.*;

class Solution {
    String own(Function<String, CompletableFuture<String>> get, CompletableFuture<Void> timeout) throws Exception {
        CompletableFuture<String> call = get.apply("a");
        timeout.thenRun(() -> call.cancel(true));
        try {
            return call.get(100, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | CancellationException e) {
            return "late";
        }
    }
}
`,
			judge.Go: `package solution

import (
	"context"
	"time"
)

func Own(ctx context.Context, get func(context.Context, string) (string, error)) (string, error) {
	deadline, _ := ctx.Deadline()
	timer := time.NewTimer(time.Until(deadline))
	found := make(chan string, 1)
	go func() {
		text, _ := get(ctx, "a")
		found <- text
	}()
	select {
	case text := <-found:
		return text, nil
	case <-timer.C:
		return "late", nil
	}
}
`,
		},
	},
	{
		// What is left of a timeout is found with floats, in Python, and comes
		// to nothing in the end, whatever the clock shows.
		name: "what is left of a timeout", signature: "left(how int, get fetch<string>, timeout deadline) string",
		input: `[0,{"a":{"ms":null,"value":""},"b":{"ms":300,"value":"x"}},100]
[0,{"a":{"ms":null,"value":""},"b":{"ms":300,"value":"x"}},700]
[0,{"a":{"ms":null,"value":""},"b":{"ms":900,"value":"x"}},1001]
[0,{"a":{"ms":null,"value":""},"b":{"ms":1,"value":"x"}},1]
[0,{"a":{"ms":null,"value":""},"b":{"ms":null,"value":"x"}},1]
[1,{"a":{"ms":null,"value":""},"b":{"ms":300,"value":"x"}},400]
[1,{"a":{"ms":null,"value":""},"b":{"ms":37,"value":"x"}},1]
[1,{"a":{"ms":300,"value":"y"},"b":{"ms":37,"value":"x"}},300]
[2,{"a":{"ms":null,"value":""},"b":{"ms":37,"value":"x"}},1001]
[2,{"a":{"ms":null,"value":""},"b":{"ms":900,"value":"x"}},1]
[3,{"a":{"ms":null,"value":""},"b":{"ms":900,"value":"x"}},1001]
[3,{"a":{"ms":null,"value":""},"b":{"ms":900,"value":"x"}},300]
[4,{"a":{"ms":null,"value":""},"b":{"ms":900,"value":"x"}},300]
[4,{"a":{"ms":null,"value":""},"b":{"ms":77,"value":"x"}},1001]
`,
		answer: `{"ms":100,"value":"","events":[[0,"start","a"],[0,"start","b"],[100,"cancel","a"],[100,"cancel","b"]]}
{"ms":700,"value":"x","events":[[0,"start","a"],[0,"start","b"],[300,"end","b"],[700,"cancel","a"]]}
{"ms":1001,"value":"x","events":[[0,"start","a"],[0,"start","b"],[900,"end","b"],[1001,"cancel","a"]]}
{"ms":1,"value":"x","events":[[0,"start","a"],[0,"start","b"],[1,"end","b"],[1,"cancel","a"]]}
{"ms":1,"value":"","events":[[0,"start","a"],[0,"start","b"],[1,"cancel","a"],[1,"cancel","b"]]}
{"ms":400,"value":"x","events":[[0,"start","a"],[0,"start","b"],[300,"end","b"],[400,"cancel","a"]]}
{"ms":1,"value":"","events":[[0,"start","a"],[0,"start","b"],[1,"cancel","a"],[1,"cancel","b"]]}
{"ms":300,"value":"xy","events":[[0,"start","a"],[0,"start","b"],[37,"end","b"],[300,"end","a"]]}
{"ms":1001,"value":"x","events":[[0,"start","a"],[0,"start","b"],[37,"end","b"],[1001,"cancel","a"]]}
{"ms":1,"value":"","events":[[0,"start","a"],[0,"start","b"],[1,"cancel","a"],[1,"cancel","b"]]}
{"ms":1001,"value":"x","events":[[0,"start","a"],[0,"start","b"],[900,"end","b"],[1001,"cancel","a"]]}
{"ms":300,"value":"","events":[[0,"start","a"],[0,"start","b"],[300,"cancel","a"],[300,"cancel","b"]]}
{"ms":300,"value":"","events":[[0,"start","a"],[0,"start","b"],[300,"cancel","a"],[300,"cancel","b"]]}
{"ms":1001,"value":"x","events":[[0,"start","a"],[0,"start","b"],[77,"end","b"],[1001,"cancel","a"]]}
`,
		sources: map[judge.Language]string{
			judge.Python: `import asyncio
import time

CLOCKS = [lambda: time.monotonic(), lambda: time.time(), lambda: time.perf_counter(), lambda: time.monotonic_ns() / 1e9, lambda: asyncio.get_running_loop().time()]


async def left(how, get, timeout):
    clock, began = CLOCKS[how], CLOCKS[how]()
    pending = {asyncio.create_task(get(key)) for key in "ab"}
    found = ""
    while pending and (rest := timeout - (clock() - began)) > 0:
        try:
            async with asyncio.timeout(rest):
                done, pending = await asyncio.wait(pending, timeout=rest, return_when=asyncio.FIRST_COMPLETED)
        except TimeoutError:
            continue
        for task in done:
            found += task.result()
    for task in pending:
        task.cancel()
    return found
`,
		},
	},
	{
		name: "a lock held during a call", signature: "serial(first task<int>, second task<int>) int[]",
		input:  `[{"ms":30,"value":1},{"ms":10,"value":2}]` + "\n",
		answer: `{"ms":40,"value":[1,2],"events":[[0,"start",0],[30,"end",0],[30,"start",1],[40,"end",1]]}` + "\n",
		sources: map[judge.Language]string{
			judge.Go: `package solution

import (
	"context"
	"sync"
)

func Serial(ctx context.Context, first, second func(context.Context) (int, error)) ([]int, error) {
	var (
		mu  sync.Mutex
		all []int
		wg  sync.WaitGroup
	)
	mu.Lock()
	wg.Go(func() {
		mu.Lock()
		defer mu.Unlock()
		v, _ := second(ctx)
		all = append(all, v)
	})
	v, err := first(ctx)
	all = append(all, v)
	mu.Unlock()
	wg.Wait()
	return all, err
}
`,
			judge.Java: `import java.util.concurrent.*;

class Solution {
    int[] serial(Callable<Integer> first, Callable<Integer> second) throws Exception {
        int[] all = new int[2];
        Object lock = new Object();
        Thread t = new Thread(() -> {
            synchronized (lock) {
                try {
                    all[1] = second.call();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        synchronized (lock) {
            t.start();
            all[0] = first.call();
        }
        t.join();
        return all;
    }
}
`,
			judge.Python: `import asyncio


async def serial(first, second):
    lock, found = asyncio.Lock(), []

    async def work(job):
        async with lock:
            found.append(await job())

    await asyncio.gather(work(first), work(second))
    return found
`,
		},
	},
}

const (
	foreverGo = `package solution

import (
	"context"
	"math"
	"time"
)

func Forever(ctx context.Context, job func(context.Context) (int, error), timer bool) (int, error) {
	v, err := job(ctx)
	if timer {
		time.Sleep(math.MaxInt64)
		return v, err
	}
	select {}
}
`
	foreverJava = `import java.util.concurrent.*;

class Solution {
    int forever(Callable<Integer> job, boolean timer) throws Exception {
        int v = job.call();
        if (timer) {
            Thread.sleep(Long.MAX_VALUE);
        } else {
            new CountDownLatch(1).await();
        }
        return v;
    }
}
`
	foreverPython = `import asyncio


async def forever(job, timer):
    await job()
    await asyncio.Event().wait()
`
)
