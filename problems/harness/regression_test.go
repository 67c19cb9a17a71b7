//go:build !quick

package harness_test

import (
	"testing"

	"github.com/docketjudge/docket/judge"
)

// A method may return what the instance goes on changing: a result is what it
// was when it was returned.
func TestResultsAreTakenWhenTheyAreReturned(t *testing.T) {
	h := class(t, "Journal()", "add(value int)", "all() int[]", "counts() map<int>", "rows() int[][]")
	input := `[["Journal"],["add",1],["all"],["counts"],["rows"],["add",2],["all"],["counts"],["rows"]]` + "\n"
	answer := `[null,null,[1],{"n":1},[[1]],null,[1,2],{"n":2},[[1,2]]]` + "\n"
	for lang, source := range map[judge.Language]string{
		judge.Go: `package solution

type Journal struct {
	values []int
	counts map[string]int
	rows   [][]int
}

func NewJournal() *Journal { return &Journal{counts: map[string]int{}, rows: [][]int{nil}} }

func (j *Journal) Add(value int) {
	j.values = append(j.values, value)
	j.counts["n"]++
	j.rows[0] = append(j.rows[0], value)
}
func (j *Journal) All() []int             { return j.values }
func (j *Journal) Counts() map[string]int { return j.counts }
func (j *Journal) Rows() [][]int          { return j.rows }
`,
		judge.Java: `import java.util.*;

class Journal {
    private int[] values = {};
    private final Map<String, Integer> counts = new HashMap<>();
    private final int[][] rows = {{}};

    void add(int value) {
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = value;
        counts.merge("n", 1, Integer::sum);
        rows[0] = values;
    }

    int[] all() {
        return values;
    }

    Map<String, Integer> counts() {
        return counts;
    }

    int[][] rows() {
        return rows;
    }
}
`,
		judge.Python: `class Journal:
    def __init__(self):
        self.values, self.count, self.table = [], {}, [[]]

    def add(self, value):
        self.values.append(value)
        self.count["n"] = self.count.get("n", 0) + 1
        self.table[0].append(value)

    def all(self):
        return self.values

    def counts(self):
        return self.count

    def rows(self):
        return self.table
`,
	} {
		t.Run(string(lang), func(t *testing.T) {
			if o := run(t, h, lang, source, input, answer); o.verdict() != judge.AC {
				t.Errorf("%s %s %+v\n%s%s", o.verdict(), o.build.Output, o.finding, o.output, o.result.Stderr)
			}
		})
	}
}

// A call that the solution leaves running belongs to its own case and says
// nothing in the next one, even when it is cancelled only then.
func TestLeftCallsDoNotDisturbTheNextCase(t *testing.T) {
	h := function(t, "first(jobs task<int>[], timeout deadline) int")
	input := `[[{"ms":5,"value":1},{"ms":90,"value":2}],50]
[[{"ms":6,"value":3},{"ms":7,"value":4}],50]
[[{"ms":8,"value":5}],50]
`
	answer := `{"ms":5,"value":1,"events":[[0,"start",0],[0,"start",1],[5,"end",0]],"running":[1]}
{"ms":6,"value":3,"events":[[0,"start",0],[0,"start",1],[6,"end",0]],"running":[1]}
{"ms":8,"value":5,"events":[[0,"start",0],[8,"end",0]]}
`
	for lang, source := range map[judge.Language]string{
		// The context that Docket gave ends with the case, and with it the call.
		judge.Go: `package solution

import "context"

func First(ctx context.Context, jobs []func(context.Context) (int, error)) (int, error) {
	values := make(chan int, len(jobs))
	for _, job := range jobs {
		go func() {
			if v, err := job(ctx); err == nil {
				values <- v
			}
		}()
	}
	return <-values, nil
}
`,
		judge.Java: `import java.util.*;
import java.util.concurrent.*;

class Solution {
    private static final List<Thread> left = new ArrayList<>();

    int first(List<Callable<Integer>> jobs, CompletableFuture<Void> timeout) throws Exception {
        left.forEach(Thread::interrupt); // of the case before
        left.clear();
        BlockingQueue<Integer> values = new LinkedBlockingQueue<>();
        for (Callable<Integer> job : jobs) {
            Thread t = new Thread(() -> {
                try {
                    values.add(job.call());
                } catch (Exception e) {
                    // it was interrupted
                }
            });
            t.start();
            left.add(t);
        }
        return values.take();
    }
}
`,
		judge.Python: `import asyncio

left = set()


async def first(jobs, timeout):
    for task in left:
        task.cancel()  # of the case before
    left.clear()
    tasks = [asyncio.create_task(job()) for job in jobs]
    done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    left.update(waiting)
    return done.pop().result()
`,
	} {
		t.Run(string(lang), func(t *testing.T) {
			o := run(t, h, lang, source, input, answer)
			if o.verdict() != judge.AC {
				t.Errorf("%s %s %+v\n%s%s", o.verdict(), o.build.Output, o.finding, o.output, o.result.Stderr)
			}
		})
	}
}

// Ending by being cancelled is an error that the solution returned, in every
// language.
func TestCancellationIsAnErrorLikeAnother(t *testing.T) {
	h := function(t, "await1(job task<int>) int")
	input := `[{"ms":5,"value":1}]` + "\n"
	for lang, tt := range map[judge.Language]struct{ source, message string }{
		judge.Go: {`package solution

import "context"

func Await1(ctx context.Context, job func(context.Context) (int, error)) (int, error) {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	return job(ctx)
}
`, "context canceled"},
		judge.Java: {`import java.util.concurrent.*;

class Solution {
    int await1(Callable<Integer> job) throws Exception {
        CompletableFuture<Integer> f = new CompletableFuture<>();
        f.cancel(true);
        return f.join();
    }
}
`, "java.util.concurrent.CancellationException"},
		judge.Python: {`import asyncio


async def await1(job):
    task = asyncio.create_task(job())
    await asyncio.sleep(0)
    task.cancel()
    return await task
`, "CancelledError()"},
	} {
		events := `[[0,"cancel",0],[0,"start",0]]`
		if lang == judge.Java {
			events = "[]" // it never called the job
		}
		answer := `{"ms":0,"error":"` + tt.message + `","events":` + events + "}\n"
		t.Run(string(lang), func(t *testing.T) {
			if o := run(t, h, lang, tt.source, input, answer); o.verdict() != judge.AC {
				t.Errorf("%s %v %s %+v\n%s%s", o.verdict(), o.refused, o.build.Output, o.finding, o.output, o.result.Stderr)
			}
		})
	}
}
