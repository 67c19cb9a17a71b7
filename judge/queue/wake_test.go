package queue_test

import (
	"context"
	"testing"
	"time"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/queue"
	"github.com/docketjudge/docket/judge/store"
)

// serveEvery is serve with a poll interval of its own.
func serveEvery(t *testing.T, db redis.UniversalClient, poll time.Duration, h queue.Handler) {
	t.Helper()
	s, err := queue.NewServer(queue.Config{Redis: db, Slots: 1, Handler: h, Log: quiet, PollInterval: poll})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
}

// listening waits until a server hears announcements.
func listening(t *testing.T, db redis.UniversalClient) {
	t.Helper()
	eventually(t, "the server listens", func() bool {
		n, err := db.PubSubNumSub(t.Context(), "docket:tasks").Result()
		return err == nil && n["docket:tasks"] > 0
	})
}

// A server that would not look again for an hour finds what is announced.
func TestAnnouncedTaskIsTakenAtOnce(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		handled := make(chan judge.SubmissionID, 10)
		serveEvery(t, db, time.Hour, func(_ context.Context, task judge.Delivery) error {
			handled <- task.ID
			return nil
		})
		listening(t, db)
		c := queue.NewClient(db)
		for range 20 {
			id := store.NewID()
			if err := c.Enqueue(t.Context(), id, 1, judge.Batch); err != nil {
				t.Fatal(err)
			}
			if got := await(t, handled, long, "the announced judging"); got != id {
				t.Errorf("got %s, want %s", got, id)
			}
		}
	})
}

// One announcement covers many tasks: those that wait while the slot is taken
// are found as soon as it is free.
func TestBacklogIsTakenWithoutPause(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		mute := asynq.NewClientFromRedisClient(db)
		const tasks = 20
		for i := range tasks {
			d := judge.Delivery{ID: store.NewID(), Attempt: 1, Queue: judge.Queues()[i%len(judge.Queues())]}
			if _, err := mute.Enqueue(asynq.NewTask(queue.TaskType, []byte(d.ID)), asynq.TaskID(d.TaskID()), asynq.Queue(string(d.Queue))); err != nil {
				t.Fatal(err)
			}
		}
		handled := make(chan struct{}, tasks+1)
		serveEvery(t, db, time.Hour, func(context.Context, judge.Delivery) error {
			<-time.After(50 * time.Millisecond) // as a judging takes
			handled <- struct{}{}
			return nil
		})
		listening(t, db)
		if err := queue.NewClient(db).Enqueue(t.Context(), store.NewID(), 1, judge.Batch); err != nil {
			t.Fatal(err)
		}
		for range tasks + 1 {
			await(t, handled, long, "the next of the backlog")
		}
	})
}

// A task of which nothing was heard is found all the same.
func TestUnannouncedTaskIsFound(t *testing.T) {
	each(t, func(t *testing.T, db redis.UniversalClient) {
		handled := make(chan judge.SubmissionID, 10)
		serveEvery(t, db, 50*time.Millisecond, func(_ context.Context, task judge.Delivery) error {
			handled <- task.ID
			return nil
		})
		mute := asynq.NewClientFromRedisClient(db)
		for _, q := range judge.Queues() {
			d := judge.Delivery{ID: store.NewID(), Attempt: 1, Queue: q}
			if _, err := mute.Enqueue(asynq.NewTask(queue.TaskType, []byte(d.ID)), asynq.TaskID(d.TaskID()), asynq.Queue(string(q))); err != nil {
				t.Fatal(err)
			}
			if got := await(t, handled, long, "the judging that nobody announced"); got != d.ID {
				t.Errorf("got %s, want %s", got, d.ID)
			}
		}
	})
}
