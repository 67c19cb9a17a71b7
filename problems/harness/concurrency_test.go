//go:build !quick

package harness_test

import (
	"testing"

	"github.com/docketjudge/docket/judge"
)

// pools are solutions that keep at most limit jobs running, in order, and stop
// at the first failure.
var pools = map[judge.Language]string{
	judge.Go: `package solution

import (
	"context"
	"sync"
)

func RunAll(ctx context.Context, jobs []func(context.Context) (int, error), limit int) ([]int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make([]int, len(jobs))
	var (
		wg    sync.WaitGroup
		once  sync.Once
		first error
	)
	slots := make(chan struct{}, limit)
	for i, job := range jobs {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		wg.Go(func() {
			defer func() { <-slots }()
			v, err := job(ctx)
			if err != nil {
				once.Do(func() { first = err; cancel() })
				return
			}
			results[i] = v
		})
	}
	wg.Wait()
	if first != nil {
		return nil, first
	}
	return results, nil
}
`,
	judge.Java: `import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

class Solution {
    int[] runAll(List<Callable<Integer>> jobs, int limit) throws Exception {
        int[] results = new int[jobs.size()];
        AtomicReference<Exception> first = new AtomicReference<>();
        ExecutorService pool = Executors.newFixedThreadPool(limit);
        CompletionService<Void> done = new ExecutorCompletionService<>(pool);
        for (int i = 0; i < results.length; i++) {
            int at = i;
            done.submit(() -> {
                try {
                    results[at] = jobs.get(at).call();
                } catch (Exception e) {
                    // Those that are interrupted may be done before this one.
                    first.compareAndSet(null, e);
                    pool.shutdownNow(); // before this thread takes the next job
                    throw e;
                }
                return null;
            });
        }
        try {
            for (int i = 0; i < results.length; i++) {
                done.take().get();
            }
        } catch (ExecutionException e) {
            throw first.get();
        } finally {
            pool.shutdownNow();
            pool.awaitTermination(1, TimeUnit.MINUTES);
        }
        return results;
    }
}
`,
	judge.Python: `import asyncio


async def run_all(jobs, limit):
    results = [0] * len(jobs)
    waiting = iter(enumerate(jobs))

    async def work():
        for i, job in waiting:
            results[i] = await job()

    workers = [asyncio.create_task(work()) for _ in range(limit)]
    try:
        await asyncio.gather(*workers)
    except Exception:
        for w in workers:
            w.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        raise
    return results
`,
}

const poolSignature = "runAll(jobs task<int>[], limit int) int[]"

func TestPoolOnVirtualTime(t *testing.T) {
	h := function(t, poolSignature)
	input := `[[{"ms":30,"value":5},{"ms":10,"value":6},{"ms":45,"value":7}],2]
[[{"ms":30,"value":5},{"ms":10,"error":"boom"},{"ms":45,"value":7},{"ms":1,"value":8}],3]
[[],1]
[[{"ms":86400000,"value":1}],4]
`
	answer := `{"ms":55,"value":[5,6,7],"events":[[0,"start",0],[0,"start",1],[10,"end",1],[10,"start",2],[30,"end",0],[55,"end",2]]}
{"ms":10,"error":"boom","events":[[0,"start",0],[0,"start",1],[0,"start",2],[10,"fail",1],[10,"cancel",0],[10,"cancel",2]]}
{"ms":0,"value":[],"events":[]}
{"ms":86400000,"value":[1],"events":[[0,"start",0],[86400000,"end",0]]}
`
	for _, lang := range judge.Languages() {
		t.Run(string(lang), func(t *testing.T) {
			o := run(t, h, lang, pools[lang], input, answer)
			if o.verdict() != judge.AC || o.output != answer {
				t.Fatalf("%s: %v %s\n%+v\ngot  %s\nwant %s\n%s\n%+v", o.verdict(), o.refused, o.build.Output, o.finding, o.output, answer, o.result.Stderr, o.result)
			}
		})
	}
}
