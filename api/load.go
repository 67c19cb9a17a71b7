package api

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/docketjudge/docket/judge"
)

// depthAge is how long a count of the queues is believed. What this process
// accepts meanwhile is added to it, so only other processes can overshoot.
const depthAge = 250 * time.Millisecond

// load keeps clients from queueing more than they or the system may.
type load struct {
	mu       sync.Mutex
	inFlight map[string]int // per key: admitted and not yet counted by the store

	depth    sync.Mutex
	pending  int       // in all queues when last counted, plus accepted since
	counted  time.Time // when that was
	everRead bool
}

// admit asks whether n more submissions may be accepted. The returned
// function must be called once they are in the store or have failed.
func (s *Server) admit(ctx context.Context, key judge.Key, n int) (func(), error) {
	if err := s.admitAll(ctx, n); err != nil {
		return nil, err
	}
	if s.cfg.KeyQuota == 0 || key.ID == "" {
		return func() {}, nil
	}
	// What is between here and the store counts too: without it, requests
	// side by side would all see the same room.
	l := &s.load
	l.mu.Lock()
	l.inFlight[key.ID] += n
	ahead := l.inFlight[key.ID]
	l.mu.Unlock()
	done := sync.OnceFunc(func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.inFlight[key.ID] -= n; l.inFlight[key.ID] == 0 {
			delete(l.inFlight, key.ID)
		}
	})
	pending, err := s.cfg.Store.PendingOf(ctx, key.ID)
	if err != nil {
		done()
		return nil, fmt.Errorf("counting what key %s has pending: %w", key.ID, err)
	}
	if pending+int64(ahead) > int64(s.cfg.KeyQuota) {
		done()
		return nil, &judge.Error{Code: judge.CodeRateLimited, Message: fmt.Sprintf(
			"This key may have %d submissions queued and running, and has %d. Try again when some have finished.",
			s.cfg.KeyQuota, pending)}
	}
	return done, nil
}

// admitAll holds the bound on the whole system.
func (s *Server) admitAll(ctx context.Context, n int) error {
	if s.cfg.MaxPending == 0 {
		return nil
	}
	l := &s.load
	l.depth.Lock()
	defer l.depth.Unlock()
	if now := s.cfg.Now(); !l.everRead || now.Sub(l.counted) > depthAge {
		depths, err := s.cfg.Depths(ctx)
		if err != nil {
			return fmt.Errorf("counting the queues: %w", err)
		}
		l.pending = 0
		for _, d := range depths {
			l.pending += d.Pending
		}
		l.counted, l.everRead = now, true
	}
	if l.pending+n > s.cfg.MaxPending {
		return &judge.Error{Code: judge.CodeUnavailable,
			Message: "Docket has as much queued as it takes. Try again in a moment."}
	}
	l.pending += n
	return nil
}

// hold takes one of the places for requests that wait. The returned function
// gives it back.
func (s *Server) hold() (func(), error) {
	if s.waiting.Add(1) > int64(s.cfg.MaxWaiting) {
		s.waiting.Add(-1)
		return nil, &judge.Error{Code: judge.CodeUnavailable,
			Message: "Too many requests are waiting. Ask without waiting, or try again in a moment."}
	}
	return sync.OnceFunc(func() { s.waiting.Add(-1) }), nil
}
