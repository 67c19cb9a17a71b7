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
//
// It lets a number of looks through rather than a span of time: a process that
// stood still in between would miss what was announced.
type gate struct {
	redis.UniversalClient // Asynq's
	poll                  time.Duration
	round                 int64         // see newGate
	wake                  chan struct{} // holds at most one announcement
	closed                chan struct{}
	close                 sync.Once
	looks                 atomic.Int64 // how many still go through without a wait

	mu     sync.Mutex
	paused chan struct{} // closed by resume; nil unless the gate is paused
}

// checkInterval is how long Asynq rests between two rounds of looks.
const checkInterval = time.Millisecond

// newGate makes a gate before so many queues.
func newGate(db redis.UniversalClient, poll time.Duration, queues int) *gate {
	return &gate{
		UniversalClient: db, poll: poll,
		// Asynq may be amid a round, and looks in another order in the next:
		// two rounds reach every queue.
		round: 2 * int64(queues),
		wake:  make(chan struct{}, 1), closed: make(chan struct{}),
	}
}

// EvalSha runs a script. The one that takes a task waits at the gate.
func (g *gate) EvalSha(ctx context.Context, sha string, keys []string, args ...any) *redis.Cmd {
	taking := len(keys) == 4 && strings.HasSuffix(keys[0], ":pending") && strings.HasSuffix(keys[2], ":active")
	if taking {
		g.wait()
	}
	cmd := g.UniversalClient.EvalSha(ctx, sha, keys, args...)
	if taking && cmd.Err() == nil {
		g.hold() // where one was, the next may wait, and its announcement is used up
	}
	return cmd
}

// hold leaves the gate open until every queue was looked into.
func (g *gate) hold() { g.looks.Store(g.round) }

// wait returns when the gate is open, when a task is announced, or when it is
// time to look without announcement, but not while the gate is paused.
func (g *gate) wait() {
	for {
		if paused := g.resumed(); paused != nil {
			select {
			case <-paused:
				g.hold() // what came meanwhile was announced to nobody
			case <-g.closed:
				return
			}
			continue
		}
		if g.looks.Add(-1) >= 0 {
			return
		}
		timer := time.NewTimer(g.poll)
		select {
		case <-g.wake:
		case <-timer.C:
		case <-g.closed:
			return
		}
		timer.Stop()
		g.hold()
	}
}

// pause lets nothing through until resume or release.
func (g *gate) pause() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.paused == nil {
		g.paused = make(chan struct{})
	}
}

func (g *gate) resume() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.paused != nil {
		close(g.paused)
		g.paused = nil
	}
}

// resumed answers a channel that is closed when the gate opens again, nil when
// the gate is not paused.
func (g *gate) resumed() <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.paused
}

func (g *gate) isPaused() bool { return g.resumed() != nil }

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
