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
// begins after them all.
func TestAThousandHoldNobodyUp(t *testing.T) {
	const few, enough = 2, 50
	for key, soon := range map[string]bool{"other": true, "first": false} {
		t.Run(key, func(t *testing.T) {
			each(t, func(t *testing.T, db redis.UniversalClient) {
				before := beginBefore(t, db, 1000, key, enough)
				if soon && before > few || !soon && before < enough {
					t.Errorf("%d judgings began before it", before)
				}
			})
		})
	}
}

// beginBefore sends many judgings with one key, and another with a key when
// some of them have begun. It answers how many begin before that one, or
// enough.
func beginBefore(t *testing.T, db redis.UniversalClient, many int, key string, enough int) (before int) {
	t.Helper()
	s, err := store.New(db, store.Config{Log: quiet})
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
		if err != nil && ctx.Err() == nil { // else the test is over
			t.Error(err)
		}
		return nil
	})
	for range 10 {
		await(t, begun, long, "the first judgings")
	}
	id := send(key)
	for before < enough && await(t, begun, long, "the next judging") != id {
		before++
	}
	return before
}
