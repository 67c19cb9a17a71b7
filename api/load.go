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
	inFlight map[string]judge.Load // per key: admitted and not yet counted by the store

	depth    chan struct{} // holds a token while somebody counts or adds
	pending  judge.Load    // of all clients when last counted, plus accepted since
	counted  time.Time     // when that was
	everRead bool
}

// admit asks whether more submissions may be accepted. The returned
// function must be called once they are in the store or have failed.
func (s *Server) admit(ctx context.Context, key judge.Key, subs ...judge.Submission) (func(), error) {
	more := judge.Load{Submissions: len(subs)}
	for _, sub := range subs {
		more.Bytes += sub.Size()
	}
	if err := s.admitAll(ctx, more); err != nil {
		return nil, err
	}
	if s.cfg.KeyQuota == (judge.Quota{}) || key.ID == "" {
		return func() {}, nil
	}
	// What is between here and the store counts too: without it, requests
	// side by side would all see the same room.
	l := &s.load
	l.mu.Lock()
	ahead := l.inFlight[key.ID]
	l.inFlight[key.ID] = judge.Load{Submissions: ahead.Submissions + more.Submissions, Bytes: ahead.Bytes + more.Bytes}
	l.mu.Unlock()
	done := sync.OnceFunc(func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		left := l.inFlight[key.ID]
		left.Submissions -= more.Submissions
		left.Bytes -= more.Bytes
		if l.inFlight[key.ID] = left; left.Submissions == 0 {
			delete(l.inFlight, key.ID)
		}
	})
	if err := s.cfg.Store.Admit(ctx, key.ID, more, ahead, s.cfg.KeyQuota); err != nil {
		done()
		return nil, err
	}
	return done, nil
}

// admitAll holds the bounds on the whole system.
func (s *Server) admitAll(ctx context.Context, more judge.Load) error {
	if s.cfg.MaxPending == 0 && s.cfg.MaxPendingBytes == 0 {
		return nil
	}
	l := &s.load
	select {
	case l.depth <- struct{}{}:
		defer func() { <-l.depth }()
	case <-ctx.Done():
		return fmt.Errorf("counting the queues: %w", ctx.Err())
	}
	if now := s.cfg.Now(); !l.everRead || now.Sub(l.counted) > depthAge {
		pending, err := s.countPending(ctx)
		if err != nil {
			return err
		}
		l.pending, l.counted, l.everRead = pending, now, true
	}
	if s.cfg.MaxPending > 0 && l.pending.Submissions+more.Submissions > s.cfg.MaxPending ||
		s.cfg.MaxPendingBytes > 0 && l.pending.Bytes+more.Bytes > s.cfg.MaxPendingBytes {
		return &judge.Error{Code: judge.CodeUnavailable,
			Message: "Docket has as much queued as it takes. Try again in a moment."}
	}
	l.pending.Submissions += more.Submissions
	l.pending.Bytes += more.Bytes
	return nil
}

// countPending asks for what is bounded.
func (s *Server) countPending(ctx context.Context) (judge.Load, error) {
	var all judge.Load
	if s.cfg.MaxPending > 0 {
		depths, err := s.cfg.Depths(ctx)
		if err != nil {
			return all, fmt.Errorf("counting the queues: %w", err)
		}
		for _, d := range depths {
			all.Submissions += d.Pending
		}
	}
	if s.cfg.MaxPendingBytes > 0 {
		var err error
		if all.Bytes, err = s.cfg.Store.PendingBytes(ctx); err != nil {
			return all, fmt.Errorf("counting what is queued: %w", err)
		}
	}
	return all, nil
}

// hold takes one of the places for requests that wait. The returned function
// gives it back.
func (s *Server) hold(key judge.Key) (func(), error) {
	if !s.places.take(key.ID, 1) {
		return nil, &judge.Error{Code: judge.CodeUnavailable,
			Message: "Too many requests are waiting. Ask without waiting, or try again in a moment."}
	}
	return sync.OnceFunc(func() { s.places.give(key.ID, 1) }), nil
}
