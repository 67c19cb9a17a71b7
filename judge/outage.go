package judge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"
)

// ErrOutage is among the causes of an error that says nothing about the
// submission: the worker could not have judged any other either, for want of
// an engine, an image or a disk.
var ErrOutage = errors.New("the worker cannot judge anything at present")

// blame adds ErrOutage to an error where a look at the worker finds it out of
// order. Slot is nil where the judging has none yet.
func (j *Judge) blame(ctx context.Context, s Slot, l Language, err error) error {
	if ctx.Err() != nil || errors.Is(err, ErrOutage) {
		return err
	}
	found := j.check(ctx, s, l)
	if found == nil || ctx.Err() != nil {
		return err
	}
	return fmt.Errorf("%w: %w (at first: %w)", ErrOutage, found, err)
}

// check makes sure that submissions in a language can be judged at all.
func (j *Judge) check(ctx context.Context, s Slot, l Language) error {
	if err := j.config.Healthy(ctx); err != nil {
		return err
	}
	if s == nil {
		var err error
		if s, err = j.config.Sandbox.Acquire(ctx); err != nil {
			return err
		}
		defer s.Release()
	}
	return s.Check(ctx, l)
}

// again returns nil when a second try makes sense after err, and otherwise the
// error to end with: the judging was stopped, or the worker is out of order.
func (g *judging) again(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return err
	}
	if err = g.judge.blame(ctx, g.slot, g.sub.Language, err); errors.Is(err, ErrOutage) {
		return err
	}
	return nil
}

// Backoff is the wait before the try after the nth failure, n from 0: 1 s, 2 s,
// 4 s and so on up to MaxBackoff, each up to a quarter longer so that what
// failed together does not return together.
func Backoff(n int) time.Duration {
	d := MaxBackoff
	if n >= 0 && n < 6 {
		d = time.Second << n
	}
	return d + rand.N(d/4) //nolint:gosec // spreads load, no secret
}

// MaxBackoff bounds the wait between two tries.
const MaxBackoff = time.Minute

// BreakerConfig says what a Breaker works with.
type BreakerConfig struct {
	// Check makes sure that the worker can judge, and repairs what it finds.
	Check func(context.Context) error
	// Pause stops the taking of judgings and Resume lets it go on. Both return
	// at once.
	Pause, Resume func()
	// Log defaults to slog.Default().
	Log *slog.Logger
	// Remind is how often the log is told that an outage goes on. Defaults to
	// a minute.
	Remind time.Duration
}

// Breaker is a worker's circuit breaker. It is tripped by the first judging
// that fails for a reason that has nothing to do with the submission; the
// worker takes no judgings then until Check finds it in order.
type Breaker struct {
	config  BreakerConfig
	tripped chan struct{} // holds one token from Trip until Run has seen it

	mu     sync.Mutex
	outage error // nil while the worker judges
	count  int64
}

// NewBreaker returns a Breaker. Run must be called for it to ever reset.
func NewBreaker(c BreakerConfig) *Breaker {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Remind == 0 {
		c.Remind = time.Minute
	}
	return &Breaker{config: c, tripped: make(chan struct{}, 1)}
}

// Trip stops the worker, unless it is stopped already.
func (b *Breaker) Trip(why error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.outage != nil {
		return
	}
	b.outage = why
	b.count++
	b.config.Pause()
	b.tripped <- struct{}{}
	b.config.Log.Error("worker takes no judgings: it cannot judge anything at present", "err", why)
}

// Outage says why the worker takes no judgings, or nil.
func (b *Breaker) Outage() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.outage
}

// Outages counts how often the breaker was tripped.
func (b *Breaker) Outages() int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.count
}

// How a worker that is out of order is looked at again: soon, then less often,
// but often enough to go on within seconds of the engine's return.
const (
	firstCheck   = 200 * time.Millisecond
	maxCheckWait = 2 * time.Second
	// checkTime bounds one look; it makes a box of every role.
	checkTime = 2 * time.Minute
)

// Run looks after every trip until the worker is in order. It returns when ctx
// ends.
func (b *Breaker) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.tripped:
		}
		if !b.repair(ctx) {
			return
		}
	}
}

// repair reports whether the worker is in order again.
func (b *Breaker) repair(ctx context.Context) bool {
	begin := time.Now()
	reminded := begin
	for wait := firstCheck; ; wait = min(2*wait, maxCheckWait) {
		err := b.check(ctx)
		if ctx.Err() != nil {
			return false
		}
		if err == nil {
			b.reset()
			b.config.Log.Info("worker takes judgings again", "after", time.Since(begin).Round(time.Millisecond))
			return true
		}
		b.mu.Lock()
		b.outage = err
		b.mu.Unlock()
		if time.Since(reminded) >= b.config.Remind {
			reminded = time.Now()
			b.config.Log.Error("worker still takes no judgings", "since", begin.UTC().Format(time.RFC3339), "err", err)
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(wait):
		}
	}
}

func (b *Breaker) check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	return b.config.Check(ctx)
}

func (b *Breaker) reset() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.outage = nil
	b.config.Resume()
}
