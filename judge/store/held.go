package store

import (
	"context"
	"sync"

	"github.com/docketjudge/docket/judge"
)

// claims are the judgings that workers of this process hold: those whose
// leases Heartbeat renews.
type claims struct {
	mu sync.Mutex
	m  map[claimID]*hold
}

type claimID struct {
	id    judge.SubmissionID
	token int64
}

type hold struct {
	worker string
	head   head
	lost   chan struct{} // closed when the claim stopped counting
	once   sync.Once
}

func (h *hold) lose() { h.once.Do(func() { close(h.lost) }) }

func (c *claims) init() { c.m = make(map[claimID]*hold) }

func (c *claims) add(claim judge.Claim, worker string, h head) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[claimID{claim.ID, claim.Token}] = &hold{worker: worker, head: h, lost: make(chan struct{})}
}

// drop stops renewing a lease.
func (c *claims) drop(claim judge.Claim) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.m, claimID{claim.ID, claim.Token})
}

// lose drops a claim and tells its holder.
func (c *claims) lose(claim judge.Claim) {
	c.fence(claim.ID, claim.Token+1)
}

// fence drops the claims on a judging with tokens below the given one.
func (c *claims) fence(id judge.SubmissionID, token int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, h := range c.m {
		if k.id == id && k.token < token {
			h.lose()
			delete(c.m, k)
		}
	}
}

func (c *claims) get(claim judge.Claim) *hold {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.m[claimID{claim.ID, claim.Token}]
}

// of lists the claims of one worker.
func (c *claims) of(worker string) []claimID {
	c.mu.Lock()
	defer c.mu.Unlock()
	var ids []claimID
	for k, h := range c.m {
		if h.worker == worker {
			ids = append(ids, k)
		}
	}
	return ids
}

// Hold returns a context that ends with the cause judge.ErrSuperseded as soon
// as the claim stops counting: the submission was cancelled, or the judging
// was taken over. While Run is connected that is a matter of a round trip;
// else the next Heartbeat finds out. The caller calls cancel in the end.
func (s *Store) Hold(ctx context.Context, c judge.Claim) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	h := s.held.get(c)
	if h == nil { // fenced before Hold, finished, or of another process
		cancel(judge.ErrSuperseded)
		return ctx, func() {}
	}
	stop := make(chan struct{})
	var once sync.Once
	go func() {
		select {
		case <-h.lost:
			cancel(judge.ErrSuperseded)
		case <-ctx.Done():
		case <-stop:
		}
	}()
	return ctx, func() {
		once.Do(func() { close(stop) })
		cancel(context.Canceled)
	}
}
