package queue_test

import (
	"context"
	"errors"
	"testing"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/queue"
)

func TestDrainWaitsAndTakesNothing(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		c := queue.NewClient(db)
		started, finish := make(chan struct{}, 10), make(chan struct{})
		s := serve(t, db, 1, func(ctx context.Context, _ judge.Delivery) error {
			started <- struct{}{}
			<-finish
			return ctx.Err()
		})
		enqueue(t, c, 3, judge.Default)
		await(t, started, long, "the first judging")
		drained := make(chan error, 1)
		go func() { drained <- s.Drain(context.Background()) }()
		finish <- struct{}{}
		if err := await(t, drained, long, "the drain"); err != nil {
			t.Errorf("Drain = %v", err)
		}
		s.Close()
		close(finish) // one that was taken meanwhile would now run
		ds, err := c.Depths(t.Context())
		if err != nil || ds[1].Pending+ds[1].Retrying+len(started) != 2 || ds[1].Active != 0 {
			t.Errorf("Depths = %+v, %v, %d more ran; want two left", ds, err, len(started))
		}
	})
}

func TestDrainHandsBackWhenTimeIsUp(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		c := queue.NewClient(db)
		started := make(chan struct{}, 10)
		s := serve(t, db, 2, func(ctx context.Context, _ judge.Delivery) error {
			started <- struct{}{}
			<-ctx.Done()
			return context.Cause(ctx)
		})
		want := map[judge.SubmissionID]bool{}
		for _, id := range enqueue(t, c, 2, judge.Default) {
			want[id] = true
		}
		await(t, started, long, "the first judging")
		await(t, started, long, "the second judging")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Drain(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("Drain = %v", err)
		}
		s.Close()
		handled := make(chan judge.SubmissionID, 10)
		serve(t, db, 2, func(_ context.Context, task judge.Delivery) error {
			handled <- task.ID
			return nil
		})
		for range 2 {
			delete(want, await(t, handled, long, "a judging that was handed back"))
		}
		if len(want) != 0 {
			t.Errorf("handed back and lost: %v", want)
		}
	})
}

// A handler that does not listen is handed back over its head.
func TestCloseHandsBackOverTheHandlersHead(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		c := queue.NewClient(db)
		started, finish := make(chan struct{}), make(chan struct{})
		returned := make(chan struct{})
		s, err := queue.NewServer(queue.Config{Redis: db, Slots: 1, Log: quiet, ShutdownTimeout: 1,
			Handler: func(context.Context, judge.Delivery) error {
				defer close(returned)
				close(started)
				<-finish
				return nil
			}})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Start(); err != nil {
			t.Fatal(err)
		}
		enqueue(t, c, 1, judge.Default)
		await(t, started, long, "the judging")
		s.Close()
		if ds, err := c.Depths(t.Context()); err != nil || ds[1].Pending != 1 || ds[1].Active != 0 {
			t.Errorf("Depths = %+v, %v; want it pending", ds, err)
		}
		close(finish)
		await(t, returned, long, "the handler")
	})
}
