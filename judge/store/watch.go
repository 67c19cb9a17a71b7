package store

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
)

// watchers wait for something to happen to a submission.
type watchers struct {
	mu sync.Mutex
	m  map[judge.SubmissionID]map[chan struct{}]struct{}
}

func (w *watchers) init() { w.m = make(map[judge.SubmissionID]map[chan struct{}]struct{}) }

// Watch answers a channel that receives after the submission's stream grew.
// Any number of changes may be one wake-up, and a wake-up may be for nothing.
// None is lost between a look and the wait that follows it: call Watch, look,
// wait, look again. Stop ends it; the channel is not closed.
//
// It needs Run. While that is cut off from Redis, watchers are woken about
// twice a second and once more when it is connected again.
func (s *Store) Watch(id judge.SubmissionID) (wake <-chan struct{}, stop func()) {
	ch := make(chan struct{}, 1)
	w := &s.wake
	w.mu.Lock()
	defer w.mu.Unlock()
	set := w.m[id]
	if set == nil {
		set = make(map[chan struct{}]struct{}, 1)
		w.m[id] = set
	}
	set[ch] = struct{}{}
	return ch, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(set, ch)
		if len(set) == 0 && len(w.m[id]) == 0 {
			delete(w.m, id)
		}
	}
}

func (w *watchers) wake(id judge.SubmissionID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for ch := range w.m[id] {
		nudge(ch)
	}
}

func (w *watchers) wakeAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, set := range w.m {
		for ch := range set {
			nudge(ch)
		}
	}
}

func nudge(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default: // one is waiting there already
	}
}

const (
	pollInterval = 500 * time.Millisecond // how often watchers wake without a subscription
	quietTime    = 3 * time.Second        // how long a subscription may be silent before it is pinged
)

// listen holds the process's one subscription until ctx ends.
func (s *Store) listen(ctx context.Context) error {
	for failed := false; ctx.Err() == nil; {
		err := s.subscribed(ctx)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // it was told to end; what ended it is of no interest
		}
		if !failed {
			s.cfg.Log.Warn("subscription to redis lost, polling", "err", err)
		}
		failed = true
		s.wake.wakeAll()
		select {
		case <-ctx.Done():
		case <-time.After(pollInterval):
		}
	}
	return nil
}

// subscribed listens on one connection until it fails.
func (s *Store) subscribed(ctx context.Context) error {
	sub := s.db.Subscribe(ctx)
	defer func() { _ = sub.Close() }()
	// A receive is not interrupted by a context, a closed connection is.
	defer context.AfterFunc(ctx, func() { _ = sub.Close() })()
	channels := []string{chanEvents, chanFenced}
	if err := sub.Subscribe(ctx, channels...); err != nil {
		return err
	}
	for quiet := 0; quiet < 2; {
		msg, err := sub.ReceiveTimeout(ctx, quietTime)
		if isTimeout(err) {
			// Nothing happens, or nothing arrives: a ping tells.
			if err := sub.Ping(ctx); err != nil {
				return err
			}
			quiet++
			continue
		}
		if err != nil {
			return err
		}
		quiet = 0
		switch m := msg.(type) {
		case *redis.Subscription:
			if m.Count == len(channels) {
				// What was published before this point may have gone by unheard.
				s.wake.wakeAll()
			}
		case *redis.Message:
			s.hear(m)
		}
	}
	return errSilent
}

func (s *Store) hear(m *redis.Message) {
	switch m.Channel {
	case chanEvents:
		s.wake.wake(judge.SubmissionID(m.Payload))
	case chanFenced:
		id, tok, _ := strings.Cut(m.Payload, " ")
		if token, err := strconv.ParseInt(tok, 10, 64); err == nil {
			s.held.fence(judge.SubmissionID(id), token)
		}
	}
}
