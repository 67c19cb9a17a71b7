package judging

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/docketjudge/docket/judge"
)

// BreakerConfig says what a Breaker works with.
type BreakerConfig struct {
	// Check makes sure that the worker can judge, and repairs what it finds.
	Check func(context.Context) error
	// Pause stops the taking of judgings and Resume lets it go on. Both return
	// at once.
	Pause, Resume func()
	// Log defaults to slog.Default().
	Log *slog.Logger
	// Backoff is how long a breaker that was tripped soon after its reset waits
	// before it believes Check again, since Check overlooks something. N counts
	// such trips in a row, from 0. Defaults to judge.Backoff.
	Backoff func(n int) time.Duration
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

	mu       sync.Mutex
	outage   error // nil while the worker judges
	count    int64
	begun    time.Time // when the worker took judgings last
	relapses int       // trips in a row that came soon after a reset
}

// NewBreaker returns a Breaker. Run must be called for it to ever reset.
func NewBreaker(c BreakerConfig) *Breaker {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Backoff == nil {
		c.Backoff = judge.Backoff
	}
	if c.Remind == 0 {
		c.Remind = time.Minute
	}
	return &Breaker{config: c, tripped: make(chan struct{}, 1)}
}

// Trip stops the worker, unless the worker is stopped already. Since is when the
// failed judging began. A judging that began before the last reset says nothing
// new.
func (b *Breaker) Trip(since time.Time, why error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.outage != nil || since.Before(b.begun) {
		return
	}
	b.outage = why
	b.count++
	if !b.begun.IsZero() && time.Since(b.begun) < relapseTime {
		b.relapses++
	} else {
		b.relapses = 0
	}
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
	// relapseTime is how soon after a reset a trip says that nothing was
	// repaired.
	relapseTime = time.Minute
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
	if !b.waitOut(ctx) {
		return false
	}
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

// waitOut waits after a relapse. It reports whether ctx goes on.
func (b *Breaker) waitOut(ctx context.Context) bool {
	b.mu.Lock()
	n := b.relapses
	b.mu.Unlock()
	if n == 0 {
		return true
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(b.config.Backoff(n - 1)):
		return true
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
	b.begun = time.Now()
	b.config.Resume()
}
