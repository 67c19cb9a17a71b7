package api

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// Check is one thing that must be well for a process to do its work. Its name
// is shown to whoever asks, what Run returns only to operators.
type Check struct {
	Name string
	Run  func(ctx context.Context) error
}

// readinessAge is how long an answer of Readiness holds: anybody may ask as
// often as they like, and each check asks another server.
const readinessAge = time.Second

// Readiness knows which checks of a process fail. It is safe for concurrent
// use.
type Readiness struct {
	checks []Check
	log    *slog.Logger

	mu     sync.Mutex
	asked  time.Time
	failed []string
}

// NewReadiness makes a Readiness of some checks.
func NewReadiness(log *slog.Logger, checks ...Check) *Readiness {
	return &Readiness{checks: checks, log: log}
}

// checkTime bounds all checks together.
const checkTime = 5 * time.Second

// Failed lists the names of the checks that fail. An answer is reused for a
// second, so that who asks and hangs up does not end the checks for others. The
// log is told when a check begins to fail and when it succeeds again.
func (r *Readiness) Failed(ctx context.Context) []string {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), checkTime)
	defer cancel()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.asked.IsZero() && time.Since(r.asked) < readinessAge {
		return r.failed
	}
	was := make(map[string]bool, len(r.failed))
	for _, name := range r.failed {
		was[name] = true
	}
	var failed []string
	for _, c := range r.checks {
		err := c.Run(ctx)
		switch {
		case err != nil:
			failed = append(failed, c.Name)
			if !was[c.Name] {
				r.log.Warn("not ready", "check", c.Name, "err", err)
			}
		case was[c.Name]:
			r.log.Info("ready again", "check", c.Name)
		}
	}
	r.asked, r.failed = time.Now(), failed
	return failed
}
