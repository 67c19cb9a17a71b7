package store

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

func TestWatchWakes(t *testing.T) {
	redistest.Each(t, func(t *testing.T, url string) {
		api, worker := open(t, url), open(t, url)
		running(t, api)
		id := create(t, api, sample())
		other := create(t, api, sample())
		wake, stop := api.Watch(id)
		defer stop()
		quiet, stopQuiet := api.Watch(other)
		defer stopQuiet()
		c := begin(t, worker, id, 1)
		if err := worker.Progress(t.Context(), c, judge.Event{Kind: judge.EventRunning}); err != nil {
			t.Fatal(err)
		}
		await(t, wake, "progress")
		finish(t, worker, c, judge.AC)
		await(t, wake, "the end")
		select {
		case <-quiet:
			t.Error("another submission's watcher was woken")
		default:
		}
	})
}

// A reader that looks, waits and looks again sees every event, whatever the
// writer's pace.
func TestWatchLosesNothing(t *testing.T) {
	redistest.Each(t, func(t *testing.T, url string) {
		const events = 200
		api, worker := open(t, url), open(t, url)
		running(t, api)
		id := create(t, api, sample())
		c := begin(t, worker, id, 1)
		var readers sync.WaitGroup
		for range 5 {
			readers.Go(func() {
				wake, stop := api.Watch(id)
				defer stop()
				for after, seen := "", 0; seen < events+1; {
					es, err := api.Events(t.Context(), id, after, 0)
					if err != nil {
						t.Error(err)
						return
					}
					if seen += len(es); len(es) > 0 {
						after = es[len(es)-1].ID
						continue
					}
					select {
					case <-wake:
					case <-t.Context().Done():
						t.Errorf("saw %d events", seen)
						return
					}
				}
			})
		}
		for range events {
			if err := worker.Progress(t.Context(), c, judge.Event{Kind: judge.EventTest}); err != nil {
				t.Fatal(err)
			}
		}
		readers.Wait()
	})
}

// The subscription is cut again and again; watchers still hear.
func TestWatchOutlivesItsConnection(t *testing.T) {
	url := redistest.Start(t)
	api, worker := open(t, url), open(t, url)
	running(t, api)
	id := create(t, api, sample())
	wake, stop := api.Watch(id)
	defer stop()
	c := begin(t, worker, id, 1)
	for range 3 {
		if err := worker.db.ClientKillByFilter(t.Context(), "TYPE", "pubsub").Err(); err != nil {
			t.Fatal(err)
		}
		if err := worker.Progress(t.Context(), c, judge.Event{Kind: judge.EventTest}); err != nil {
			t.Fatal(err)
		}
		await(t, wake, "a wake-up after the cut")
	}
}

func TestWatchForgetsWhoStopped(t *testing.T) {
	s := open(t, redistest.Embedded(t))
	_, stop1 := s.Watch("a")
	_, stop2 := s.Watch("a")
	stop1()
	stop1()
	if len(s.wake.m["a"]) != 1 {
		t.Errorf("%d watchers are left, want 1", len(s.wake.m["a"]))
	}
	stop2()
	if len(s.wake.m) != 0 {
		t.Errorf("watchers are left: %v", s.wake.m)
	}
}

func TestHoldOfAForeignClaimHasEnded(t *testing.T) {
	s := open(t, redistest.Embedded(t))
	ctx, cancel := s.Hold(t.Context(), judge.Claim{ID: NewID(), Token: 1})
	defer cancel()
	if !errors.Is(context.Cause(ctx), judge.ErrSuperseded) {
		t.Errorf("cause is %v", context.Cause(ctx))
	}
}
