package api

import (
	"slices"
	"strconv"
	"time"

	"github.com/docketjudge/docket/judge"
)

// maxWait caps ?wait.
const maxWait = 60 * time.Second

// waitOf reads ?wait: a duration ("30s", "500ms") or whole seconds. Longer
// ones than maxWait are cut.
func waitOf(r *request) (time.Duration, error) {
	q := r.Query("wait")
	if q == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(q)
	if n, nerr := strconv.ParseUint(q, 10, 16); nerr == nil {
		d, err = time.Duration(n)*time.Second, nil
	}
	if err != nil || d < 0 {
		return 0, judge.Invalid("wait", "must be a duration such as 30s, at most %s", maxWait)
	}
	return min(d, maxWait), nil
}

// queueOf is the queue that a client asked for, or the usual one. It is never
// one before most, the first that befits the request: a queue in which nobody
// waits is of no use to those who do.
func queueOf(asked, usual, most judge.Queue) (judge.Queue, error) {
	if asked == "" {
		return usual, nil
	}
	all := judge.Queues() // by falling urgency
	i := slices.Index(all, asked)
	if i < 0 {
		return "", judge.Invalid("queue", "must be interactive, default or batch")
	}
	return all[max(i, slices.Index(all, most))], nil
}

// patience is from which wait on a request counts as one that somebody waits
// for: a shorter one would only buy a place in the most urgent queue.
const patience = time.Second

// urgency is how long a request wants to wait, and the queue that befits it.
func urgency(r *request) (time.Duration, judge.Queue, error) {
	wait, err := waitOf(r)
	if wait >= patience {
		return wait, judge.Interactive, err
	}
	return wait, judge.Default, err
}

// await returns the report once it is final, or as it is when the time is up,
// the client is gone or the server stops. The store's notice is what it waits
// for; it never polls.
func (s *Server) await(r *request, rep judge.Report, most time.Duration) (judge.Report, error) {
	if most == 0 || rep.State.Final() {
		return rep, nil
	}
	done, err := s.hold(r.key)
	if err != nil {
		return rep, err
	}
	defer done()

	// The watch begins before the first look, so that nothing falls between.
	changed, unwatch := s.cfg.Store.Watch(rep.ID)
	defer unwatch()
	gone, leave := watchPeer(r.Context().Conn())
	defer leave()
	timer := time.NewTimer(most)
	defer timer.Stop()
	for last := false; ; {
		ctx, cancel := s.bounded()
		now, err := s.cfg.Store.Report(ctx, rep.ID)
		cancel()
		if err != nil {
			return rep, err
		}
		if rep = now; rep.State.Final() || last {
			return rep, nil
		}
		select {
		case _, open := <-changed:
			if !open {
				changed = nil
			}
		case <-timer.C:
			last = true
		case <-s.stopping:
			last = true
		case <-gone:
			return rep, nil // nobody reads the answer
		}
	}
}
