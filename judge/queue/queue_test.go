package queue_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
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
		serve(t, db, 4, func(_ context.Context, task judge.Delivery) error {
			if task.Attempt != 1 || !slices.Contains(judge.Queues(), task.Queue) {
				t.Errorf("it came as %+v", task)
			}
			handled <- task.ID
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
		for q, want := range map[judge.Queue]int{judge.Default: 1, judge.Batch: 0} {
			if n, err := c.Pending(t.Context(), q); n != want || err != nil {
				t.Errorf("%d tasks are pending in %s, %v; want %d", n, q, err, want)
			}
		}
		started, finish := make(chan struct{}, 10), make(chan struct{})
		serve(t, db, 2, func(context.Context, judge.Delivery) error {
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
		serve(t, db, 1, func(_ context.Context, task judge.Delivery) error {
			handled <- task.ID
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

// The queue delivers until the handler is content, and asks its own backoff
// only where the error names no wait.
func TestErrorsAreDeliveredAgain(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		c := queue.NewClient(db)
		later := fmt.Errorf("judging: %w", &judge.LaterError{Wait: time.Millisecond, Err: errors.New("it failed")})
		back := fmt.Errorf("stopping: %w", judge.ErrHandedBack)
		answers := []error{later, back, errors.New("redis is away"), later, errors.New("redis is away"), back, nil}
		calls, asked := make(chan int, 100), make(chan int, 100)
		n := 0
		s, err := queue.NewServer(queue.Config{
			Redis: db, Slots: 1, Log: quiet, ForwardInterval: 10 * time.Millisecond,
			RetryDelay: func(n int) time.Duration { asked <- n; return 0 },
			Handler: func(context.Context, judge.Delivery) error {
				n++
				calls <- n
				return answers[min(n, len(answers))-1]
			},
		})
		if err == nil {
			err = s.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		enqueue(t, c, 1, judge.Default)
		for range answers {
			await(t, calls, long, "the next delivery")
		}
		eventually(t, "the queues are empty, the archive too", func() bool { return empty(t, c) })
		close(asked)
		var failures []int
		for n := range asked {
			failures = append(failures, n)
		}
		if diff := cmp.Diff([]int{0, 1}, failures); diff != "" || len(calls) != 0 {
			t.Errorf("%d calls too many; own backoff after failure (-want +got):\n%s", len(calls), diff)
		}
	})
}

func TestAPausedServerTakesNothing(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		c := queue.NewClient(db)
		started, finish := make(chan judge.SubmissionID, 10), make(chan struct{})
		s := serve(t, db, 2, func(_ context.Context, task judge.Delivery) error {
			started <- task.ID
			<-finish
			return nil
		})
		enqueue(t, c, 1, judge.Default)
		await(t, started, long, "the judging before the pause")
		s.Pause()
		s.Pause()
		paused := enqueue(t, c, 3, judge.Default)
		other := make(chan judge.SubmissionID, 10)
		elsewhere := serve(t, db, 1, func(_ context.Context, task judge.Delivery) error {
			other <- task.ID
			return nil
		})
		for range paused {
			await(t, other, long, "what the paused server leaves")
		}
		elsewhere.Close()
		close(finish)
		id := enqueue(t, c, 1, judge.Default)[0]
		if len(started) != 0 {
			t.Error("the paused server took a judging")
		}
		s.Resume()
		s.Resume()
		if got := await(t, started, long, "the judging after the pause"); got != id {
			t.Errorf("got %s, want %s", got, id)
		}
	})
}

func TestAPanicIsAFailure(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		c := queue.NewClient(db)
		tries := make(chan int, 10)
		n := 0
		serve(t, db, 1, func(context.Context, judge.Delivery) error {
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

// Asynq gives up on a task whose context ended while its handler works on.
// The slot stays the handler's until it returns.
func TestASlotIsHeldUntilTheHandlerReturns(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		c := queue.NewClient(db)
		started, finish := make(chan judge.SubmissionID, 10), make(chan struct{})
		serve(t, db, 1, func(ctx context.Context, task judge.Delivery) error {
			started <- task.ID
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
	h := func(context.Context, judge.Delivery) error { return nil }
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

func TestWithdraw(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		ctx, c := t.Context(), queue.NewClient(db)
		withdraw := func(id judge.SubmissionID) {
			t.Helper()
			if err := c.Withdraw(ctx, judge.Delivery{ID: id, Attempt: 1, Queue: judge.Default}); err != nil {
				t.Error(err)
			}
		}
		withdraw(store.NewID()) // no queue
		ids := enqueue(t, c, 2, judge.Default)
		withdraw(ids[0])
		withdraw(ids[0]) // no task
		handled, finish := make(chan judge.SubmissionID, 2), make(chan struct{})
		serve(t, db, 1, func(_ context.Context, task judge.Delivery) error {
			handled <- task.ID
			<-finish
			return nil
		})
		if id := await(t, handled, long, "a judging"); id != ids[1] {
			t.Errorf("%s was handled, want %s", id, ids[1])
		}
		withdraw(ids[1]) // a worker has it
		close(finish)
		eventually(t, "the queue is empty", func() bool { return empty(t, c) })
		if len(handled) != 0 {
			t.Errorf("%s was handled although it was withdrawn", <-handled)
		}
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if err := c.Withdraw(gone, judge.Delivery{ID: ids[1], Attempt: 1, Queue: judge.Default}); !errors.Is(err, context.Canceled) {
			t.Errorf("without a context: %v", err)
		}
	})
}

// A Redis that does not answer holds nobody up for longer than asked.
func TestClientEndsWithTheContext(t *testing.T) {
	silent, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0") // nobody accepts
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	c := queue.NewClient(connect(t, "redis://"+silent.Addr().String()))
	for what, call := range map[string]func(context.Context) error{
		"Enqueue": func(ctx context.Context) error { return c.Enqueue(ctx, store.NewID(), 1, judge.Default) },
		"Withdraw": func(ctx context.Context) error {
			return c.Withdraw(ctx, judge.Delivery{ID: store.NewID(), Attempt: 1, Queue: judge.Default})
		},
		"Active": func(ctx context.Context) error { _, err := c.Active(ctx); return err },
		"Depths": func(ctx context.Context) error { _, err := c.Depths(ctx); return err },
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		if err := call(ctx); err == nil || ctx.Err() == nil {
			t.Errorf("%s ended with %v", what, err)
		}
		cancel()
	}
}
