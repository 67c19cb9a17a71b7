package store

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

func TestMain(m *testing.M) {
	LogTo(slog.New(slog.DiscardHandler))
	goleak.VerifyTestMain(m)
}

// each runs a test on a fresh Store over the real Redis and the embedded one.
func each(t *testing.T, test func(t *testing.T, s *Store)) {
	t.Helper()
	redistest.Each(t, func(t *testing.T, url string) { test(t, open(t, url)) })
}

func open(t testing.TB, url string) *Store {
	t.Helper()
	s, err := Open(url, Config{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// background runs f until the test ends.
func background(t testing.TB, f func(context.Context)) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
}

// running runs s.Run until the test ends and waits for its subscription.
func running(t testing.TB, s *Store) {
	t.Helper()
	ready, stop := s.Watch("ready")
	defer stop()
	background(t, func(ctx context.Context) { _ = s.Run(ctx) })
	await(t, ready, "a subscription")
}

func await[T any](t testing.TB, ch <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-ch:
		return v
	case <-time.After(3 * time.Minute):
		t.Fatalf("waited in vain for %s", what)
		panic("unreachable")
	}
}

func sample() judge.Submission {
	return judge.Submission{
		Problem: "range-sums", Language: judge.Go, User: "ada", KeyID: "k1",
		Files:    []judge.File{{Name: "main.go", Content: "package main\n"}},
		Metadata: []byte(`{"course":7}`),
	}
}

func create(t testing.TB, s *Store, sub judge.Submission) judge.SubmissionID {
	t.Helper()
	id, created, err := s.Create(t.Context(), sub, "")
	if err != nil || !created {
		t.Fatalf("Create = created %v, %v", created, err)
	}
	return id
}

// taskOf is the task that an attempt is put into the queue with first.
func taskOf(id judge.SubmissionID, attempt int) judge.Delivery {
	d := judge.Delivery{ID: id, Attempt: attempt, Queue: judge.Default}
	if attempt > 1 {
		d.Queue = judge.Batch
	}
	return d
}

func begin(t testing.TB, s *Store, id judge.SubmissionID, attempt int) judge.Claim {
	t.Helper()
	_, c, err := s.Begin(t.Context(), taskOf(id, attempt), "w1")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func finish(t testing.TB, s *Store, c judge.Claim, v judge.Verdict) {
	t.Helper()
	r := judge.Report{Verdict: v, Tests: []judge.TestReport{{Name: "secret/1", Verdict: v}}}
	if err := s.Finish(t.Context(), c, r); err != nil {
		t.Fatal(err)
	}
}

func report(t testing.TB, s *Store, id judge.SubmissionID) judge.Report {
	t.Helper()
	r, err := s.Report(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// expireLease makes a lease run out now.
func expireLease(t interface{ Fatal(...any) }, s *Store, id judge.SubmissionID) {
	if err := s.db.Do(context.Background(), "ZADD", keyRunning, "XX", 1, string(id)).Err(); err != nil {
		t.Fatal(err)
	}
}

// pendingOf counts what an API key has queued and running.
func pendingOf(t interface{ Fatal(...any) }, s *Store, key string) int64 {
	n, err := s.db.SCard(context.Background(), keyPending+key).Result()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// endWaits makes the time come of every judging of a queue that waits for it.
func endWaits(t interface{ Fatal(...any) }, s *Store, q judge.Queue) {
	key := "docket:later:" + string(q)
	ids, err := s.db.ZRange(context.Background(), key, 0, -1).Result()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if err := s.db.ZAdd(context.Background(), key, redis.Z{Score: 1, Member: id}).Err(); err != nil {
			t.Fatal(err)
		}
	}
}

// takeAway gives a judging whose lease ran out back to the queue.
func takeAway(t testing.TB, s *Store, id judge.SubmissionID) {
	t.Helper()
	expireLease(t, s, id)
	if err := s.reclaim(t.Context(), newFakeTasks(), []judge.SubmissionID{id}); err != nil {
		t.Fatal(err)
	}
}

func wantCode(t testing.TB, err error, code judge.Code) {
	t.Helper()
	if judge.CodeOf(err) != code {
		t.Fatalf("error is %v, want one of code %s", err, code)
	}
}

// ctxOf is a context for calls inside a property, which has none of its own.
func ctxOf() context.Context { return context.Background() }
