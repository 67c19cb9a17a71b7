package sim

import (
	"context"
	"sync"
	"time"
)

// deadline is the context of a case that has one. The driver ends it, so that
// it comes after all calls that end at the same moment.
type deadline struct {
	context.Context

	at   time.Time
	done chan struct{}

	mu  sync.Mutex
	err error
}

// Deadline implements [context.Context].
func (d *deadline) Deadline() (time.Time, bool) { return d.at, true }

// Done implements [context.Context].
func (d *deadline) Done() <-chan struct{} { return d.done }

// Err implements [context.Context].
func (d *deadline) Err() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.err
}

// due reports whether the moment has come. A case without a deadline has none.
func (d *deadline) due() bool { return d != nil && !time.Now().Before(d.at) }

// pass ends the context, and reports whether that is news.
func (d *deadline) pass(err error) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err != nil {
		return false
	}
	d.err = err
	close(d.done)
	return true
}
