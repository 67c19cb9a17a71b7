package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

func TestHeartbeatListsWorkers(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		want := []Worker{
			{ID: "a", Host: "h", Slots: 2, Busy: 1, Languages: judge.Languages(), Version: "1", Started: time.Now().UTC()},
			{ID: "b", Host: "h"},
		}
		for _, w := range []Worker{want[1], want[0], {ID: "dead"}} {
			if err := s.Heartbeat(ctx, w); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.db.Do(ctx, "ZADD", keyBeats, 1, "dead").Err(); err != nil {
			t.Fatal(err)
		}
		got, err := s.Workers(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("workers (-want +got):\n%s", diff)
		}
		if err := s.Sweep(ctx, newFakeTasks()); err != nil {
			t.Fatal(err)
		}
		if n := s.db.HLen(ctx, keyWorkers).Val(); n != 2 {
			t.Errorf("%d workers are kept after a sweep, want 2", n)
		}
	})
}

func TestHeartbeatRenewsLeases(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		mine, theirs := create(t, s, sample()), create(t, s, sample())
		begin(t, s, mine, 1) // by w1
		if _, _, err := s.Begin(ctx, taskOf(theirs, 1), "w2"); err != nil {
			t.Fatal(err)
		}
		expireLease(t, s, mine)
		expireLease(t, s, theirs)
		if err := s.Heartbeat(ctx, Worker{ID: "w1"}); err != nil {
			t.Fatal(err)
		}
		if err := hasty(s).Sweep(ctx, newFakeTasks()); err != nil {
			t.Fatal(err)
		}
		if r := report(t, s, mine); r.State != judge.StateRunning {
			t.Errorf("the renewed lease does not hold: %s", r.State)
		}
		if r := report(t, s, theirs); r.State != judge.StateQueued {
			t.Errorf("another worker's heartbeat renewed the lease: %s", r.State)
		}
	})
}

// Without a subscription a heartbeat finds out what became of a claim.
func TestHeartbeatTellsOfLostClaims(t *testing.T) {
	redistest.Each(t, func(t *testing.T, url string) {
		ctx := t.Context()
		w1, w2 := open(t, url), open(t, url)
		id := create(t, w1, sample())
		held, stop := w1.Hold(ctx, begin(t, w1, id, 1))
		defer stop()
		if err := w1.Heartbeat(ctx, Worker{ID: "w1"}); err != nil || held.Err() != nil {
			t.Fatalf("a claim that counts is lost: %v, %v", err, held.Err())
		}
		takeAway(t, w1, id)
		if _, _, err := w2.Begin(ctx, taskOf(id, 1), "w2"); err != nil {
			t.Fatal(err)
		}
		if err := w1.Heartbeat(ctx, Worker{ID: "w1"}); err != nil {
			t.Fatal(err)
		}
		await(t, held.Done(), "the loss of the claim")
		if !errors.Is(context.Cause(held), judge.ErrSuperseded) {
			t.Errorf("cause is %v", context.Cause(held))
		}
	})
}

// A claim that counts survives one that does not, on the same judging and in
// the same process: after a lapse of Redis the queue may give a worker its own
// judging once more.
func TestHeartbeatTellsClaimsApart(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		id := create(t, s, sample())
		stale, stopStale := s.Hold(ctx, begin(t, s, id, 1))
		defer stopStale()
		takeAway(t, s, id)
		live, stopLive := s.Hold(ctx, begin(t, s, id, 1))
		defer stopLive()
		if err := s.Heartbeat(ctx, Worker{ID: "w1"}); err != nil {
			t.Fatal(err)
		}
		await(t, stale.Done(), "the loss of the stale claim")
		if held := s.held.of("w1"); live.Err() != nil || len(held) != 1 {
			t.Errorf("the live claim ended with %v, %d are held", context.Cause(live), len(held))
		}
	})
}

func TestKeepAliveSignsOff(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		beaten, done := make(chan struct{}, 16), make(chan struct{})
		go func() {
			defer close(done)
			s.KeepAlive(ctx, func() Worker {
				beaten <- struct{}{}
				return Worker{ID: "w1"}
			})
		}()
		await(t, beaten, "the first beat")
		await(t, beaten, "the second beat") // the first has been sent
		if ws, err := s.Workers(t.Context()); err != nil || len(ws) != 1 {
			t.Errorf("Workers = %v, %v", ws, err)
		}
		cancel()
		await(t, done, "the end")
		if ws, err := s.Workers(t.Context()); err != nil || len(ws) != 0 {
			t.Errorf("Workers after the end = %v, %v", ws, err)
		}
	})
}
