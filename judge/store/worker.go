package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
)

var errSilent = errors.New("subscription does not answer")

func isTimeout(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) && ne.Timeout()
}

// Worker is what a worker tells of itself.
type Worker struct {
	ID        string           `json:"id"` // unique among all worker processes that ever ran
	Host      string           `json:"host"`
	Slots     int              `json:"slots"`
	Busy      int              `json:"busy"`
	Languages []judge.Language `json:"languages"`
	Version   string           `json:"version"`
	Started   time.Time        `json:"started_at"`
	// Outage says why the worker takes no judgings; empty when it is in order.
	Outage string `json:"outage,omitempty"`
}

// Heartbeat says that a worker lives and renews the leases of the judgings
// that it began through this Store. It is due every BeatInterval. Claims that
// it finds to be superseded are dropped, and their holders told through Hold.
func (s *Store) Heartbeat(ctx context.Context, w Worker) error {
	info, err := encode(w)
	if err != nil {
		return fmt.Errorf("heartbeat: %w", err)
	}
	ids := s.held.of(w.ID)
	args := append(make([]any, 0, 3+2*len(ids)), w.ID, info, LeaseTime.Milliseconds())
	for _, k := range ids {
		args = append(args, string(k.id), k.token)
	}
	lost, err := beatScript.Run(ctx, s.db, []string{keyWorkers, keyBeats, keyRunning}, args...).StringSlice()
	if err != nil {
		return fmt.Errorf("heartbeat: %w", err)
	}
	for _, k := range ids {
		if slices.Contains(lost, string(k.id)+" "+strconv.FormatInt(k.token, 10)) {
			s.held.fence(k.id, k.token+1)
		}
	}
	return nil
}

// KeepAlive calls Heartbeat at once and every BeatInterval until ctx ends,
// and then signs the worker off. Info is asked each time.
func (s *Store) KeepAlive(ctx context.Context, info func() Worker) {
	tick := time.NewTicker(BeatInterval)
	defer tick.Stop()
	for failing := false; ; {
		w := info()
		beat, cancel := context.WithTimeout(ctx, beatTime)
		err := s.Heartbeat(beat, w)
		cancel()
		if err != nil && !failing && ctx.Err() == nil {
			s.cfg.Log.Warn("heartbeat failed", "worker", w.ID, "err", err)
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			s.signOff(context.WithoutCancel(ctx), w.ID)
			return
		case <-tick.C:
		}
	}
}

func (s *Store) signOff(ctx context.Context, id string) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, err := s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.HDel(ctx, keyWorkers, id)
		p.ZRem(ctx, keyBeats, id)
		return nil
	})
	if err != nil {
		s.cfg.Log.Warn("signing worker off failed", "worker", id, "err", err)
	}
}

// Workers lists the workers that live, by id.
func (s *Store) Workers(ctx context.Context) ([]Worker, error) {
	now, err := s.db.Time(ctx).Result()
	if err != nil {
		return nil, fmt.Errorf("listing workers: %w", err)
	}
	ids, err := s.db.ZRangeByScore(ctx, keyBeats, &redis.ZRangeBy{Min: "(" + millis(now), Max: "+inf"}).Result()
	if err != nil {
		return nil, fmt.Errorf("listing workers: %w", err)
	}
	ws := make([]Worker, 0, len(ids))
	if len(ids) == 0 {
		return ws, nil
	}
	vals, err := s.db.HMGet(ctx, keyWorkers, ids...).Result()
	if err != nil {
		return nil, fmt.Errorf("listing workers: %w", err)
	}
	for i, v := range vals {
		text, ok := v.(string)
		if !ok {
			continue // signed off between two reads
		}
		var w Worker
		if err := json.Unmarshal([]byte(text), &w); err != nil {
			return nil, fmt.Errorf("listing workers: %s: %w", ids[i], err)
		}
		ws = append(ws, w)
	}
	slices.SortFunc(ws, func(a, b Worker) int { return strings.Compare(a.ID, b.ID) })
	return ws, nil
}

// QueueDepth says how much waits in a queue.
type QueueDepth struct {
	Queue   judge.Queue
	Waiting int64
	Oldest  time.Duration // how long the oldest has waited; 0 when none waits
}

// Depth counts what waits, per queue in the order of judge.Queues, and what
// runs.
func (s *Store) Depth(ctx context.Context) (waiting []QueueDepth, running int64, err error) {
	queues := judge.Queues()
	sizes := make([]*redis.IntCmd, len(queues))
	oldest := make([]*redis.ZSliceCmd, len(queues))
	var run *redis.IntCmd
	var now *redis.TimeCmd
	_, err = s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, q := range queues {
			sizes[i] = p.ZCard(ctx, queuedKey(q))
			oldest[i] = p.ZRangeWithScores(ctx, queuedKey(q), 0, 0)
		}
		run, now = p.ZCard(ctx, keyRunning), p.Time(ctx)
		return nil
	})
	if err != nil {
		return nil, 0, fmt.Errorf("depth of queues: %w", err)
	}
	for i, q := range queues {
		d := QueueDepth{Queue: q, Waiting: sizes[i].Val()}
		if zs := oldest[i].Val(); len(zs) > 0 {
			d.Oldest = max(0, now.Val().Sub(time.UnixMilli(int64(zs[0].Score))))
		}
		waiting = append(waiting, d)
	}
	return waiting, run.Val(), nil
}
