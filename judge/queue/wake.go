package queue

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// channel announces that a task was put into a queue.
const channel = "docket:tasks"

// announcer publishes on channel. However many tasks come while it publishes,
// one more announcement covers them.
type announcer struct {
	db    redis.UniversalClient
	state atomic.Int32
}

const (
	silent int32 = iota
	announcing
	announceAgain
)

// announceTime bounds one announcement. A lost one costs a task the server's
// poll interval, nothing more.
const announceTime = time.Second

// announce returns at once.
func (a *announcer) announce() {
	for {
		switch {
		case a.state.CompareAndSwap(silent, announcing):
			go a.publish()
			return
		case a.state.CompareAndSwap(announcing, announceAgain), a.state.Load() == announceAgain:
			return
		}
	}
}

func (a *announcer) publish() {
	for {
		ctx, cancel := context.WithTimeout(context.Background(), announceTime)
		_ = a.db.Publish(ctx, channel, "").Err() // see announceTime
		cancel()
		if a.state.CompareAndSwap(announcing, silent) {
			return
		}
		a.state.Store(announcing)
	}
}

// gate holds Asynq's polling back while there is nothing to find: Asynq looks
// into every queue each time its check interval has passed, and an interval
// short enough not to be felt would keep Redis and a CPU busy for nothing.
type gate struct {
	redis.UniversalClient // Asynq's
	poll                  time.Duration
	wake                  chan struct{} // holds at most one announcement
	closed                chan struct{}
	close                 sync.Once
	open                  atomic.Int64 // until when it stands open, in Unix nanoseconds
}

// How long the gate stands open after an announcement, and how often Asynq
// looks meanwhile: whoever is busy finds the next task without delay.
const (
	openTime      = 20 * time.Millisecond
	checkInterval = time.Millisecond
	// lookTime is long enough for one look into every queue.
	lookTime = 5 * time.Millisecond
)

func newGate(db redis.UniversalClient, poll time.Duration) *gate {
	return &gate{UniversalClient: db, poll: poll, wake: make(chan struct{}, 1), closed: make(chan struct{})}
}

// EvalSha runs a script. The one that takes a task waits at the gate.
func (g *gate) EvalSha(ctx context.Context, sha string, keys []string, args ...any) *redis.Cmd {
	taking := len(keys) == 4 && strings.HasSuffix(keys[0], ":pending") && strings.HasSuffix(keys[2], ":active")
	if taking {
		g.wait()
	}
	cmd := g.UniversalClient.EvalSha(ctx, sha, keys, args...)
	if taking && cmd.Err() == nil {
		g.hold()
	}
	return cmd
}

// hold leaves the gate open for a while.
func (g *gate) hold() { g.open.Store(time.Now().Add(openTime).UnixNano()) }

// wait returns when the gate is open, when a task is announced, or when it is
// time to look without announcement.
func (g *gate) wait() {
	if time.Now().UnixNano() < g.open.Load() {
		return
	}
	timer := time.NewTimer(g.poll)
	defer timer.Stop()
	select {
	case <-g.wake:
		g.hold()
	case <-timer.C:
		g.open.Store(time.Now().Add(lookTime).UnixNano())
	case <-g.closed:
	}
}

// listen opens the gate at every announcement until ctx ends.
func (g *gate) listen(ctx context.Context) {
	sub := g.Subscribe(ctx, channel)
	defer sub.Close() //nolint:errcheck // nothing is left to lose
	for {
		select {
		case <-ctx.Done():
			return
		case _, ok := <-sub.Channel():
			if !ok {
				return
			}
			select {
			case g.wake <- struct{}{}:
			default:
			}
		}
	}
}

// release lets everything through for good, so that a server can end.
func (g *gate) release() { g.close.Do(func() { close(g.closed) }) }
