package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/docketjudge/docket/judge/store"
)

const (
	// reapInterval is how often boxes of dead workers are looked for, and
	// reapAgain how soon after one was missed.
	reapInterval = time.Minute
	reapAgain    = 10 * time.Second
	// reapContact is for how long Redis must have answered before it is
	// believed that a worker is dead. It is ten beats of the others.
	reapContact = 2 * store.LeaseTime
)

// reaper removes the boxes of workers that no longer beat. After an outage of
// Redis nobody has beaten yet, though all may be judging: a worker counts as
// dead when it was missing in two looks in a row, each after a while of
// unbroken contact.
type reaper struct {
	workers func(context.Context) ([]store.Worker, error)
	contact func() bool
	boxes   interface {
		Reap(ctx context.Context, alive func(worker string) bool) (int, error)
	}
	log *slog.Logger

	missed map[string]bool // those that were missing in the last look
}

func (w *worker) reaper() *reaper {
	db := w.node.store
	return &reaper{
		workers: db.Workers, contact: func() bool { return db.InContact(reapContact) },
		boxes: w.sandbox, log: w.node.log,
	}
}

// run looks until ctx ends.
func (r *reaper) run(ctx context.Context) {
	for {
		wait := reapInterval
		if r.look(ctx) {
			wait = reapAgain
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return
		}
	}
}

// look removes what belongs to workers that are dead, and reports whether the
// next look should come soon.
func (r *reaper) look(ctx context.Context) (soon bool) {
	before := r.missed
	r.missed = nil
	if !r.contact() {
		return true
	}
	living, err := r.workers(ctx)
	if err != nil {
		return true
	}
	alive := make(map[string]bool, len(living))
	for _, l := range living {
		alive[l.ID] = true
	}
	missed := make(map[string]bool)
	_, err = r.boxes.Reap(ctx, func(id string) bool {
		if alive[id] {
			return true
		}
		missed[id] = true
		return !before[id]
	})
	if err != nil && ctx.Err() == nil {
		r.log.Warn("reaping boxes", "err", err)
	}
	r.missed = missed
	for id := range missed {
		if !before[id] {
			return true
		}
	}
	return false
}
