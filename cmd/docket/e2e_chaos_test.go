//go:build !quick

package main_test

import (
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store"
	"github.com/docketjudge/docket/judge/store/redistest"
)

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
	root := writeProblems(t, mixedProblem())
	c := start(t, "api", "--redis", url, "--problems", root, "--listen", "127.0.0.1:0").caller(t)

	// All are there before anybody judges.
	m := c.submitMixed(t, count)
	worker := func() *daemon {
		return start(t, "worker", "--redis", url, "--problems", root, "--slots", "1")
	}
	victim, survivor := worker(), worker()
	victimID := victim.workerID(t)

	// A stopped worker changes nothing any more, so that it is known what it
	// holds when it is killed.
	m.awaitEnded(t, killAfter)
	var orphans []judge.SubmissionID
	for len(orphans) == 0 {
		n, more := m.ended()
		if n == count {
			t.Fatal("the worker was never caught amid a judging")
		}
		victim.signal(t, syscall.SIGSTOP)
		if orphans = heldBy(t, url, victimID); len(orphans) == 0 {
			victim.signal(t, syscall.SIGCONT)
			<-more
		}
	}
	victim.signal(t, syscall.SIGKILL)
	killed := time.Now()
	victim.wait(t)
	n, _ := m.ended()
	t.Logf("killed after %d judgings while it held %v", n, orphans)

	eventually(t, "the killed worker's judgings are taken from it", func() bool { return len(heldBy(t, url, victimID)) == 0 })
	t.Logf("they were taken from it %s after the kill", time.Since(killed))
	for _, id := range orphans {
		// Asynq would deliver the same task again, much later.
		if n := recordField(t, url, id, "delivery"); n == "0" {
			t.Errorf("%s was not delivered anew by the sweeper", id)
		}
		events := c.follow(t, id, "", func(e streamed) bool {
			return e.name == judge.EventRunning && e.At.After(killed)
		})
		took := events[len(events)-1].At.Sub(killed)
		t.Logf("%s (%s) ran again %.1f s after the kill", id, m.expected[id].verdict, took.Seconds())
	}
	successor := worker()
	eventually(t, "the boxes of the killed worker are gone", func() bool { return len(boxes(t, victimID)) == 0 })
	m.wantVerdicts(t)

	judges := map[string]int{}
	for id, r := range m.reports {
		judges[r.Worker]++
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
