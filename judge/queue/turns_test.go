package queue_test

import (
	"context"
	"testing"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/queue"
	"github.com/docketjudge/docket/judge/store"
)

// A client's thousand judgings lie in the queue when another one sends his,
// which begins after a few of them all the same; sent by the same client it
// begins last.
func TestAThousandHoldNobodyUp(t *testing.T) {
	const many = 1000
	for key, most := range map[string]int{"other": 2, "first": many} {
		t.Run(key, func(t *testing.T) {
			each(t, func(t *testing.T, db redis.UniversalClient) {
				before := beginBefore(t, db, many, key)
				if before > most || key == "first" && before < many/2-1 {
					t.Errorf("%d judgings began before it", before)
				}
			})
		})
	}
}

// beginBefore sends many judgings with one key, and another with a key when
// half of them have begun. It answers how many begin before that one.
func beginBefore(t *testing.T, db redis.UniversalClient, many int, key string) (before int) {
	t.Helper()
	s, err := store.New(db, store.Config{Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	c := queue.NewClient(db)
	send := func(key string) judge.SubmissionID {
		id, _, err := s.Create(t.Context(), judge.Submission{KeyID: key}, "")
		if err == nil {
			err = c.Enqueue(t.Context(), id, 1, judge.Default)
		}
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	for range many {
		send("first")
	}
	begun, proceed := make(chan judge.SubmissionID), make(chan struct{})
	defer close(proceed)
	serve(t, db, 1, func(ctx context.Context, task judge.Delivery) error {
		_, claim, err := s.Begin(ctx, task, "w")
		if err == nil {
			select {
			case begun <- claim.ID:
			case <-proceed:
			}
			err = s.Finish(ctx, claim, judge.Report{Verdict: judge.AC})
		}
		if err != nil {
			t.Error(err)
		}
		return nil
	})
	for range many / 2 {
		await(t, begun, long, "the first half")
	}
	id := send(key)
	for await(t, begun, long, "the next judging") != id {
		before++
	}
	return before
}
