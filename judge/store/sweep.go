package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
)

// Tasks is what the sweeper needs of the queue.
type Tasks interface {
	// Deliver puts a delivery into the queue. That the queue knows its TaskID
	// already is no error.
	Deliver(ctx context.Context, d judge.Delivery) error
	// Active lists the deliveries that workers have taken and not yet
	// answered for, whether they live or not.
	Active(ctx context.Context) ([]judge.Delivery, error)
	// Pending counts the tasks of a queue that can be taken now.
	Pending(ctx context.Context, q judge.Queue) (int, error)
}

const (
	sweepInterval = time.Second
	// contactTime is how long Redis must have answered without a gap before
	// an expired lease is held against a worker: after an outage everybody's
	// has run out, and each worker needs the time of a heartbeat that was lost
	// and of the next one to renew it, beatTime and BeatInterval.
	contactTime = 3 * time.Second
	// patience is how long a judging may wait before the queue is asked
	// whether it knows it, and how long a task may be in a worker's hands
	// before its judging must have begun.
	patience = 3 * time.Second

	maxReclaim = 500 // judgings put back in one sweep
	maxAudit   = 250 // waiting judgings of one queue looked at in one sweep
)

// sweeper is what one process remembers between sweeps.
type sweeper struct {
	mu       sync.Mutex
	patience time.Duration // the constants, unless a test is in a hurry
	trust    time.Duration

	contact time.Time // since when every sweep reached Redis
	last    time.Time
	taken   map[string]time.Time // task id -> when it was first seen taken but not begun
	cursors map[judge.Queue]cursor
}

func (w *sweeper) init() { w.patience, w.trust = patience, contactTime }

// cursor is where the audit of a queue goes on.
type cursor struct {
	score int64
	skip  int64 // how many of that score were seen
}

// RunSweeper sweeps every second until ctx ends. Every process may run it;
// one at a time does the work.
func (s *Store) RunSweeper(ctx context.Context, tasks Tasks) {
	tick := time.NewTicker(sweepInterval)
	defer tick.Stop()
	for failing := false; ; {
		err := s.Sweep(ctx, tasks)
		if err != nil && !failing && ctx.Err() == nil {
			s.cfg.Log.Warn("sweep failed", "err", err)
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Sweep puts back what was lost: the judgings whose lease ran out, those
// whose task a worker took to its grave before it had begun them, and those
// that the queue does not know. It is due every second, for which RunSweeper
// cares, and does nothing while another process sweeps.
func (s *Store) Sweep(ctx context.Context, tasks Tasks) error {
	s.sweep.mu.Lock()
	defer s.sweep.mu.Unlock()
	now, silent, mine, err := s.look(ctx)
	if err != nil {
		s.sweep.contact = time.Time{}
		return fmt.Errorf("sweep: %w", err)
	}
	if at := time.Now(); s.sweep.contact.IsZero() || at.Sub(s.sweep.last) > 2*sweepInterval {
		s.sweep.contact, s.sweep.last = at, at
	} else {
		s.sweep.last = at
	}
	if !mine {
		s.sweep.taken, s.sweep.cursors = nil, nil
		return nil
	}
	var errs []error
	if time.Since(s.sweep.contact) >= s.sweep.trust {
		errs = append(errs, s.reclaim(ctx, tasks, silent))
	}
	used, err := s.tasksOfRunning(ctx)
	if err != nil {
		errs = append(errs, fmt.Errorf("tasks of what runs: %w", err))
	} else {
		errs = append(errs, s.unbegun(ctx, tasks, used))
		for _, q := range judge.Queues() {
			errs = append(errs, s.audit(ctx, tasks, q, now))
		}
	}
	errs = append(errs, s.trim(ctx, now))
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	return nil
}

// InContact reports whether Redis has answered this process without a gap for
// at least d. After an outage the heartbeats of other workers are old until each
// has beaten again. It needs RunSweeper.
func (s *Store) InContact(d time.Duration) bool {
	w := &s.sweep
	if !w.mu.TryLock() {
		return false // amid a sweep, which may be waiting for Redis
	}
	defer w.mu.Unlock()
	return !w.contact.IsZero() && time.Since(w.last) <= 2*sweepInterval && w.last.Sub(w.contact) >= d
}

// look takes the lock and lists the judgings whose lease ran out.
func (s *Store) look(ctx context.Context) (now time.Time, silent []judge.SubmissionID, mine bool, err error) {
	keys := []string{keySweeper, keyBeats, keyWorkers, keyRunning, keyPendingBytes}
	for _, q := range judge.Queues() {
		keys = append(keys, queuedKey(q))
	}
	ans, err := sweepScript.Run(ctx, s.db, keys,
		s.id, sweeperTime.Milliseconds(), maxReclaim).Slice()
	if errors.Is(err, redis.Nil) {
		return time.Time{}, nil, false, nil
	}
	if err != nil {
		return time.Time{}, nil, false, err
	}
	stamp, _ := ans[0].(string)
	ids, _ := ans[1].([]any)
	for _, v := range ids {
		id, _ := v.(string)
		silent = append(silent, judge.SubmissionID(id))
	}
	return timeOf(stamp), silent, true, nil
}

// reclaim takes judgings from workers whose lease ran out.
func (s *Store) reclaim(ctx context.Context, tasks Tasks, ids []judge.SubmissionID) error {
	recs, err := s.records(ctx, ids)
	if err != nil {
		return err
	}
	var errs []error
	for _, id := range ids {
		rec, ok := recs[id]
		if !ok || rec.state != judge.StateRunning {
			errs = append(errs, s.db.ZRem(ctx, keyRunning, string(id)).Err())
			continue
		}
		n, err := s.requeue(ctx, judge.Claim{ID: id, Attempt: rec.attempt, Token: rec.token}, rec.head, expired, 0)
		if err != nil {
			errs = append(errs, fmt.Errorf("reclaiming %s: %w", id, err))
			continue
		}
		if n < 0 {
			continue // its worker was faster
		}
		s.cfg.Log.Warn("judging taken from a silent worker", "id", id, "attempt", rec.attempt, "worker", rec.worker)
		d := judge.Delivery{ID: id, Attempt: rec.attempt, Number: n, Queue: rec.queue}
		if err := tasks.Deliver(ctx, d); err != nil { // the audit will try again
			errs = append(errs, fmt.Errorf("delivering %s: %w", d.TaskID(), err))
		}
	}
	return errors.Join(errs...)
}

// unbegun finds the tasks that a worker took without beginning a judging: it
// died in that instant. The queue would notice after a minute or two.
func (s *Store) unbegun(ctx context.Context, tasks Tasks, used map[string]bool) error {
	active, err := tasks.Active(ctx)
	if err != nil {
		return fmt.Errorf("active tasks: %w", err)
	}
	ids := make([]judge.SubmissionID, len(active))
	for i, d := range active {
		ids[i] = d.ID
	}
	recs, err := s.records(ctx, ids)
	if err != nil {
		return err
	}
	taken := make(map[string]time.Time)
	var errs []error
	for _, d := range active {
		rec, ok := recs[d.ID]
		if !ok || rec.state != judge.StateQueued || rec.attempt != d.Attempt || rec.delivery != d.Number || used[d.TaskID()] {
			continue
		}
		since, seen := s.sweep.taken[d.TaskID()]
		if !seen {
			since = time.Now()
		}
		taken[d.TaskID()] = since
		if time.Since(since) < s.sweep.patience {
			continue
		}
		s.cfg.Log.Warn("task taken and not begun", "task", d.TaskID())
		errs = append(errs, s.redeliver(ctx, tasks, d, true))
	}
	s.sweep.taken = taken
	return errors.Join(errs...)
}

// tasksOfRunning are the tasks with which the judgings that run were begun.
func (s *Store) tasksOfRunning(ctx context.Context) (map[string]bool, error) {
	running, err := s.db.ZRange(ctx, keyRunning, 0, -1).Result()
	if err != nil || len(running) == 0 {
		return nil, err
	}
	cmds := make([]*redis.StringCmd, len(running))
	_, err = s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, id := range running {
			cmds[i] = p.HGet(ctx, recordKey(judge.SubmissionID(id)), "task")
		}
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, err
	}
	used := make(map[string]bool, len(cmds))
	for _, c := range cmds {
		used[c.Val()] = true
	}
	return used, nil
}

// audit offers a stretch of the judgings that wait to the queue, which takes
// those that it does not know: their sender died before it had enqueued them,
// or their task began another one. While little waits, every sweep sees all of
// it.
func (s *Store) audit(ctx context.Context, tasks Tasks, q judge.Queue, now time.Time) error {
	c := s.sweep.cursors[q]
	zs, err := s.db.ZRangeByScoreWithScores(ctx, queuedKey(q), &redis.ZRangeBy{
		Min: strconv.FormatInt(c.score, 10), Max: millis(now.Add(-s.sweep.patience)),
		Offset: c.skip, Count: maxAudit,
	}).Result()
	if err != nil {
		return err
	}
	next := c
	ids := make([]judge.SubmissionID, 0, len(zs))
	for _, z := range zs {
		id, _ := z.Member.(string)
		ids = append(ids, judge.SubmissionID(id))
		if sc := int64(z.Score); sc == next.score {
			next.skip++
		} else {
			next = cursor{score: sc, skip: 1}
		}
	}
	if len(zs) < maxAudit {
		next = cursor{}
	}
	if s.sweep.cursors == nil {
		s.sweep.cursors = make(map[judge.Queue]cursor)
	}
	s.sweep.cursors[q] = next
	recs, err := s.records(ctx, ids)
	if err != nil {
		return err
	}
	var errs []error
	var waiting []judge.Delivery
	for _, id := range ids {
		rec, ok := recs[id]
		switch {
		case !ok:
			errs = append(errs, s.db.ZRem(ctx, queuedKey(q), string(id)).Err())
		case rec.state == judge.StateQueued && rec.queue == q:
			errs = append(errs, s.offer(ctx, tasks, rec))
			waiting = append(waiting, judge.Delivery{ID: id, Attempt: rec.attempt, Number: rec.delivery, Queue: q})
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return s.replace(ctx, tasks, q, waiting)
}

// replace delivers judgings under other names when the queue has no task for
// anybody. All of theirs are in use then, or asleep until the next try of
// another judging, and slots may be free.
func (s *Store) replace(ctx context.Context, tasks Tasks, q judge.Queue, waiting []judge.Delivery) error {
	if len(waiting) == 0 {
		return nil
	}
	pending, err := tasks.Pending(ctx, q)
	if err != nil || pending > 0 {
		return err
	}
	postponed, err := s.db.ZRange(ctx, "docket:later:"+string(q), 0, -1).Result()
	if err != nil {
		return err
	}
	var errs []error
	for _, d := range waiting {
		if !slices.Contains(postponed, string(d.ID)) {
			errs = append(errs, s.redeliver(ctx, tasks, d, false))
		}
	}
	return errors.Join(errs...)
}

// redeliver delivers a judging that waits as its next delivery.
func (s *Store) redeliver(ctx context.Context, tasks Tasks, d judge.Delivery, head bool) error {
	first := 0
	if head {
		first = 1
	}
	n, err := s.number(ctx, redeliverScript, []string{recordKey(d.ID)}, d.Attempt, d.Number, string(d.ID), first)
	if err == nil && n > 0 {
		d.Number = int(n)
		err = tasks.Deliver(ctx, d)
	}
	if err != nil {
		return fmt.Errorf("delivering %s again: %w", d.TaskID(), err)
	}
	return nil
}

// offer delivers one judging that waits.
func (s *Store) offer(ctx context.Context, tasks Tasks, rec record) error {
	d := judge.Delivery{ID: rec.id, Attempt: rec.attempt, Number: rec.delivery, Queue: rec.queue}
	if !rec.lined {
		_, err := s.number(ctx, rejoinScript, []string{recordKey(rec.id)},
			string(rec.id), string(rec.queue), rec.line(), millis(rec.Created))
		if err != nil {
			return fmt.Errorf("putting %s into a line: %w", rec.id, err)
		}
	}
	if err := tasks.Deliver(ctx, d); err != nil {
		return fmt.Errorf("delivering %s: %w", d.TaskID(), err)
	}
	return nil
}
