//go:build !quick

package main_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store"
	"github.com/docketjudge/docket/judge/store/redistest"
)

// recovery bounds how long a killed worker's judging waits until others may
// take it. It tells the sweeper's work from that of Asynq, which alone takes
// half a minute at least.
const recovery = 25 * time.Second

// TestKilledWorkerLosesNothing kills a worker amid a queue of submissions,
// six of each kind.
func TestKilledWorkerLosesNothing(t *testing.T) {
	needImages(t)
	const (
		count     = 108
		killAfter = 25
	)
	url := redistest.Start(t)
	db := openStore(t, url)
	root := writeProblems(t, doubling("double", "time_limit: 0.5, memory: 64", "pass-fail", map[string]string{
		"docket.yaml": "limits:\n  java: {time_limit: 5, memory: 64}\n",
	}))
	c := start(t, "api", "--redis", url, "--problems", root, "--listen", "127.0.0.1:0").caller(t)

	// All are there before anybody judges.
	programs := mixedPrograms()
	expected := make(map[judge.SubmissionID]program, count)
	for i := range count {
		p := programs[i%len(programs)]
		expected[c.submit(t, submission{Problem: "double", Language: p.language, Source: p.fresh(i)})] = p
	}
	if len(expected) != count {
		t.Fatalf("%d submissions were accepted", len(expected))
	}
	worker := func() *daemon {
		return start(t, "worker", "--redis", url, "--problems", root, "--slots", "1")
	}
	victim, survivor := worker(), worker()
	victimID := victim.workerID(t)

	var (
		ended    atomic.Int64
		progress = make(chan int64, count)
		watchers sync.WaitGroup
		mu       sync.Mutex
		reports  = make(map[judge.SubmissionID]judge.Report, count)
	)
	for id := range expected {
		watchers.Go(func() {
			r, err := c.final(t.Context(), id)
			if err != nil {
				t.Errorf("waiting for %s: %v", id, err)
				return
			}
			mu.Lock()
			reports[id] = r
			mu.Unlock()
			progress <- ended.Add(1)
		})
	}

	// A stopped worker changes nothing any more, so that it is known what it
	// holds when it is killed.
	var orphans []judge.SubmissionID
	for n := range progress {
		if n < killAfter {
			continue
		}
		victim.signal(t, syscall.SIGSTOP)
		if orphans = heldBy(t, url, victimID); len(orphans) > 0 {
			break
		}
		victim.signal(t, syscall.SIGCONT)
	}
	victim.signal(t, syscall.SIGKILL)
	killed := time.Now()
	victim.wait(t)
	t.Logf("killed after %d judgings while it held %v", ended.Load(), orphans)

	eventually(t, "the killed worker's judgings are taken from it", func() bool { return len(heldBy(t, url, victimID)) == 0 })
	if took := time.Since(killed); took > recovery {
		t.Errorf("they were taken from it only %s after the kill", took)
	}
	for _, id := range orphans {
		events := c.follow(t, id, "", func(e streamed) bool {
			return e.name == judge.EventRunning && e.At.After(killed)
		})
		took := events[len(events)-1].At.Sub(killed)
		t.Logf("%s (%s) ran again %.1f s after the kill", id, expected[id].verdict, took.Seconds())
	}
	successor := worker()
	eventually(t, "the boxes of the killed worker are gone", func() bool { return len(boxes(t, victimID)) == 0 })
	watchers.Wait()

	judges := map[string]int{}
	for id, want := range expected {
		r := reports[id]
		judges[r.Worker]++
		if r.State != judge.StateDone || r.Verdict != want.verdict || r.Attempt != 1 {
			t.Errorf("%s %s: %s %s in attempt %d, want %s: %+v", id, want.language, r.State, r.Verdict, r.Attempt, want.verdict, r)
		}
		events, err := db.Events(t.Context(), id, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		done := 0
		for _, e := range events {
			if e.Kind == judge.EventDone {
				done++
			}
		}
		if done != 1 || events[len(events)-1].Kind != judge.EventDone {
			t.Errorf("%s has %d done events, the last of all is %s", id, done, events[len(events)-1].Kind)
		}
	}
	t.Logf("judgings by worker: %v", judges)
	for _, d := range []*daemon{survivor, successor} {
		id := d.workerID(t)
		if judges[id] == 0 {
			t.Errorf("worker %s judged nothing", id)
		}
		d.signal(t, syscall.SIGTERM)
		d.ends(t)
		wantNoBoxes(t, id)
	}
}

func openStore(t *testing.T, url string) *store.Store {
	t.Helper()
	db, err := store.Open(url, store.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// heldBy lists the judgings that a worker has begun and not finished.
func heldBy(t *testing.T, url, worker string) []judge.SubmissionID {
	t.Helper()
	db := redisAt(t, url)
	running, err := db.ZRange(t.Context(), "docket:running", 0, -1).Result()
	if err != nil {
		t.Fatal(err)
	}
	var held []judge.SubmissionID
	for _, id := range running {
		if recordField(t, url, judge.SubmissionID(id), "worker") == worker {
			held = append(held, judge.SubmissionID(id))
		}
	}
	return held
}

// recordField reads what no client is shown.
func recordField(t *testing.T, url string, id judge.SubmissionID, field string) string {
	t.Helper()
	value, err := redisAt(t, url).HGet(t.Context(), "docket:s:"+string(id), field).Result()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func redisAt(t *testing.T, url string) *redis.Client {
	t.Helper()
	options, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	db := redis.NewClient(options)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// program is a source with its known fate at the problem of doubling.
type program struct {
	language judge.Language
	verdict  judge.Verdict
	source   string
}

// fresh is the source as no artifact cache has seen it.
func (p program) fresh(n int) string {
	comment := "//"
	if p.language == judge.Python {
		comment = "#"
	}
	return fmt.Sprintf("%s\n%s %d\n", p.source, comment, n)
}

func mixedPrograms() []program {
	golang := func(body string, imports ...string) string {
		text := "package main\n\nimport \"fmt\"\n"
		for _, i := range imports {
			text += fmt.Sprintf("import %q\n", i)
		}
		return text + "\nfunc main() {\n\tvar n int\n\tfmt.Scan(&n)\n" + body + "\n}\n"
	}
	java := func(body string) string {
		return "import java.util.*;\n\npublic class Main {\n    static List<byte[]> kept = new ArrayList<>();\n" +
			"    public static void main(String[] args) {\n        int n = new Scanner(System.in).nextInt();\n" + body + "\n    }\n}\n"
	}
	return []program{
		{judge.Python, judge.AC, "print(2 * int(input()))"},
		{judge.Go, judge.AC, golang("fmt.Println(2 * n)")},
		{judge.Java, judge.AC, java("System.out.println(2 * n);")},
		{judge.Python, judge.WA, "print(int(input()) + 1)"},
		{judge.Go, judge.WA, golang("fmt.Println(n * n + 1)")},
		{judge.Java, judge.WA, java("System.out.println(n + 1);")},
		{judge.Python, judge.TLE, "while True: pass"},
		{judge.Python, judge.RTE, "raise ValueError(input())"},
		{judge.Go, judge.RTE, golang("panic(n)")},
		{judge.Java, judge.RTE, java("throw new IllegalStateException();")},
		{judge.Python, judge.CE, "print(2 * int(input())"},
		{judge.Go, judge.CE, golang("fmt.Println(2 * m)")},
		{judge.Java, judge.CE, java("System.out.println(2 * m);")},
		{judge.Python, judge.MLE, "kept = [bytes([1]) * (16 << 20) for _ in range(16)]\nprint(2 * int(input()))"},
		{judge.Go, judge.MLE, golang("kept := make([]byte, 256<<20)\nfor i := range kept { kept[i] = 1 }\nfmt.Println(2*n + int(kept[n]) - 1)")},
		{judge.Java, judge.MLE, java("while (true) kept.add(new byte[1 << 20]);")},
		{judge.Go, judge.TLE, golang("for i := 0; ; i++ { if i == -n { fmt.Println(n) } }")},
		{judge.Python, judge.AC, "import sys\nprint(int(sys.stdin.read()) << 1)"},
	}
}
