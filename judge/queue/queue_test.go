package queue_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/queue"
	"github.com/docketjudge/docket/judge/store"
)

func TestEveryJudgingIsHandledOnce(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		c := queue.NewClient(db)
		handled := make(chan judge.SubmissionID, 1000)
		serve(t, db, 4, func(_ context.Context, id judge.SubmissionID, attempt int, last bool) error {
			if attempt != 1 || last {
				t.Errorf("%s came as attempt %d, last %v", id, attempt, last)
			}
			handled <- id
			return nil
		})
		want := make(map[judge.SubmissionID]bool)
		for _, q := range judge.Queues() {
			for _, id := range enqueue(t, c, 30, q) {
				want[id] = true
			}
		}
		for range len(want) {
			id := await(t, handled, long, "the next judging")
			if !want[id] {
				t.Errorf("%s was handled twice, or never sent", id)
			}
			delete(want, id)
		}
		eventually(t, "the queues are empty", func() bool { return empty(t, c) })
	})
}

func TestEnqueueTwiceIsOnce(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		c := queue.NewClient(db)
		id := store.NewID()
		again := func() {
			t.Helper()
			if err := c.Enqueue(t.Context(), id, 1, judge.Default); err != nil {
				t.Fatal(err)
			}
		}
		again()
		again() // while it waits
		started, finish := make(chan struct{}, 10), make(chan struct{})
		serve(t, db, 2, func(context.Context, judge.SubmissionID, int, bool) error {
			started <- struct{}{}
			<-finish
			return nil
		})
		await(t, started, long, "the judging")
		again() // while it runs
		if ds, err := c.Depths(t.Context()); err != nil || ds[1].Active != 1 || ds[1].Pending != 0 {
			t.Errorf("Depths = %+v, %v", ds, err)
		}
		active, err := c.Active(t.Context())
		want := []judge.Delivery{{ID: id, Attempt: 1, Queue: judge.Default}}
		if diff := cmp.Diff(want, active); diff != "" || err != nil {
			t.Errorf("Active: %v (-want +got):\n%s", err, diff)
		}
		// Another delivery, and another attempt, are tasks of their own.
		for _, d := range []judge.Delivery{{ID: id, Attempt: 1, Number: 1, Queue: judge.Default}, {ID: id, Attempt: 2, Queue: judge.Batch}} {
			if err := c.Deliver(t.Context(), d); err != nil {
				t.Fatal(err)
			}
		}
		await(t, started, long, "the second delivery or attempt")
		close(finish)
		await(t, started, long, "the other one")
		eventually(t, "the queues are empty", func() bool { return empty(t, c) })
		if len(started) != 0 {
			t.Errorf("%d calls too many", len(started))
		}
		again() // nothing is retained
		await(t, started, long, "the judging enqueued again")
	})
}

func TestWeights(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		c := queue.NewClient(db)
		const n = 150
		of := make(map[judge.SubmissionID]judge.Queue)
		for _, q := range judge.Queues() {
			for _, id := range enqueue(t, c, n, q) {
				of[id] = q
			}
		}
		handled := make(chan judge.SubmissionID, 3*n)
		serve(t, db, 1, func(_ context.Context, id judge.SubmissionID, _ int, _ bool) error {
			handled <- id
			return nil
		})
		got := make(map[judge.Queue]int)
		for range n {
			got[of[await(t, handled, long, "the next judging")]]++
		}
		// 6 : 3 : 1 of the first 150 is about 90, 45, 15.
		if got[judge.Interactive] <= got[judge.Default] || got[judge.Default] <= got[judge.Batch] || got[judge.Batch] == 0 {
			t.Errorf("the first %d came from %v", n, got)
		}
	})
}

func TestRetriesEndWithALastTry(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		c := queue.NewClient(db)
		type call struct {
			handedBack, last bool
		}
		calls := make(chan call, 100)
		n := 0
		serve(t, db, 1, func(_ context.Context, _ judge.SubmissionID, _ int, last bool) error {
			n++
			back := n%2 == 0 // each failure is followed by a hand-back, which must not count
			calls <- call{back, last}
			switch {
			case back:
				return fmt.Errorf("stopping: %w", judge.ErrHandedBack)
			case n < 2*queue.MaxRetry+4: // fails once more than it should
				return errors.New("docker is away")
			}
			return nil
		})
		enqueue(t, c, 1, judge.Default)
		var want []call
		for try := range queue.MaxRetry + 3 {
			want = append(want, call{false, try >= queue.MaxRetry})
			if try < queue.MaxRetry+2 {
				want = append(want, call{true, try+1 >= queue.MaxRetry})
			}
		}
		var got []call
		for range want {
			got = append(got, await(t, calls, long, "the next try"))
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(call{})); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
		eventually(t, "the queues are empty, the archive too", func() bool { return empty(t, c) })
	})
}

func TestAPanicIsAFailure(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		c := queue.NewClient(db)
		tries := make(chan int, 10)
		n := 0
		serve(t, db, 1, func(context.Context, judge.SubmissionID, int, bool) error {
			n++
			tries <- n
			if n == 1 {
				panic("nil pointer")
			}
			return nil
		})
		enqueue(t, c, 1, judge.Default)
		await(t, tries, long, "the first try")
		await(t, tries, long, "the try after the panic") // its slot was given back
		eventually(t, "the queues are empty", func() bool { return empty(t, c) })
	})
}

func TestBackoff(t *testing.T) {
	for n, want := range map[int]time.Duration{0: 1, 1: 2, 2: 4, 3: 8, 5: 32, 6: 60, 7: 60, 1000: 60, -1: 60} {
		d := queue.Backoff(n)
		if want *= time.Second; d < want || d >= want+want/4 {
			t.Errorf("Backoff(%d) = %v, want %v and up to a quarter", n, d, want)
		}
	}
}

// Asynq gives up on a task whose context ended while its handler works on.
// The slot stays the handler's until it returns.
func TestASlotIsHeldUntilTheHandlerReturns(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		c := queue.NewClient(db)
		started, finish := make(chan judge.SubmissionID, 10), make(chan struct{})
		serve(t, db, 1, func(ctx context.Context, id judge.SubmissionID, _ int, _ bool) error {
			started <- id
			<-finish
			return ctx.Err()
		})
		first := enqueue(t, c, 1, judge.Default)[0]
		await(t, started, long, "the first judging")
		second := enqueue(t, c, 1, judge.Default)[0]
		name := judge.Delivery{ID: first, Attempt: 1}.TaskID()
		eventually(t, "Asynq has taken the second for the first's place", func() bool {
			if err := asynq.NewInspectorFromRedisClient(db).CancelProcessing(name); err != nil {
				t.Fatal(err)
			}
			active, err := c.Active(t.Context())
			return err == nil && len(active) == 1 && (active[0].ID == second || len(started) > 0)
		})
		if len(started) != 0 {
			t.Error("two handlers ran in one slot")
		}
		close(finish)
		await(t, started, long, "the second judging")
	})
}

func TestNewServerRefuses(t *testing.T) {
	h := func(context.Context, judge.SubmissionID, int, bool) error { return nil }
	db := redis.NewClient(&redis.Options{})
	defer func() { _ = db.Close() }()
	for _, cfg := range []queue.Config{
		{Redis: db, Handler: h}, {Redis: db, Slots: 1}, {Handler: h, Slots: 1},
		{Redis: db, Handler: h, Slots: 1, Weights: map[judge.Queue]int{judge.Batch: 0}},
	} {
		if _, err := queue.NewServer(cfg); err == nil {
			t.Errorf("%+v is accepted", cfg)
		}
	}
}
