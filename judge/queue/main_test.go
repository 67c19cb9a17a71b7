package queue_test

import (
	"context"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/queue"
	"github.com/docketjudge/docket/judge/store"
	"github.com/docketjudge/docket/judge/store/redistest"
)

func TestMain(m *testing.M) {
	if url := os.Getenv(victimEnv); url != "" {
		beVictim(url, os.Getenv(victimAtEnv))
	}
	store.LogTo(quiet)
	goleak.VerifyTestMain(m)
}

var quiet = slog.New(slog.DiscardHandler)

// each runs a test on the real Redis and the embedded one.
func each(t *testing.T, test func(t *testing.T, db redis.UniversalClient)) {
	t.Helper()
	redistest.Each(t, func(t *testing.T, url string) { test(t, connect(t, url)) })
}

func connect(t testing.TB, url string) redis.UniversalClient {
	t.Helper()
	db, err := store.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// serve starts a server that is closed with the test. Retries do not wait.
func serve(t testing.TB, db redis.UniversalClient, slots int, h queue.Handler) *queue.Server {
	t.Helper()
	s, err := queue.NewServer(queue.Config{
		Redis: db, Slots: slots, Handler: h, Log: quiet,
		ForwardInterval: 10 * time.Millisecond,
		RetryDelay:      func(int) time.Duration { return 0 },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func enqueue(t testing.TB, c *queue.Client, n int, q judge.Queue) []judge.SubmissionID {
	t.Helper()
	ids := make([]judge.SubmissionID, n)
	for i := range ids {
		ids[i] = store.NewID()
		if err := c.Enqueue(context.Background(), ids[i], 1, q); err != nil {
			t.Fatal(err)
		}
	}
	return ids
}

func await[T any](t testing.TB, ch <-chan T, limit time.Duration, what string) T {
	t.Helper()
	select {
	case v := <-ch:
		return v
	case <-time.After(limit):
		t.Fatalf("waited %s in vain for %s", limit, what)
		panic("unreachable")
	}
}

// long bounds what takes a moment on an idle machine.
const long = 3 * time.Minute

// eventually asks until the answer is yes.
func eventually(t testing.TB, what string, yes func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(long); !yes(); <-tick.C {
		if time.Now().After(end) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// empty reports whether the queues hold nothing at all.
func empty(t testing.TB, c *queue.Client) bool {
	t.Helper()
	ds, err := c.Depths(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range ds {
		if d.Pending+d.Active+d.Retrying+d.Archived != 0 {
			return false
		}
	}
	return true
}
