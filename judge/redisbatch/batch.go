// Package redisbatch sends the scripts that concurrent callers run on Redis in
// one write. While many submissions arrive that spares client and server most
// of their system calls; a call that comes alone is sent at once.
//
// A call ends with its context. One that still waits to be sent then is never
// sent, so that nothing happens after its caller has given up. What waits to be sent is
// bounded: when Redis does not answer, callers are told so instead of piling
// up.
//
// judge/store and judge/queue share it, and know no more of each other.
package redisbatch

import (
	"container/list"
	"context"
	"errors"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
)

const (
	maxBatch      = 100           // calls in one write
	maxBatchBytes = 1 * judge.MiB // a call that reaches it is the last of its batch
	maxSending    = 4             // batches on their way: Redis works on one while the next is put together

	maxWaiting      = 8192 // calls that wait to be sent
	maxWaitingBytes = 64 * judge.MiB
)

// Client is a client of Redis whose scripts are batched. Everything else
// passes it by. It needs no end of its own: close the client below.
type Client struct {
	redis.UniversalClient

	mu      sync.Mutex
	waiting list.List // of *call
	bytes   judge.Bytes
	sending int
}

// New makes a Client on a connection pool that the caller closes.
func New(db redis.UniversalClient) *Client { return &Client{UniversalClient: db} }

// call is one run of a script.
type call struct {
	ctx   context.Context //nolint:containedctx // it travels with the call
	args  []any
	bytes judge.Bytes
	place *list.Element // nil once it is being sent
	done  chan *redis.Cmd
}

var errFull = &judge.Error{Code: judge.CodeUnavailable,
	Message: "A part of Docket answers too slowly for what arrives. Try again in a moment."}

// EvalSha runs a script that Redis knows, along with those of others.
func (c *Client) EvalSha(ctx context.Context, sha string, keys []string, args ...any) *redis.Cmd {
	line := make([]any, 0, 3+len(keys)+len(args))
	line = append(line, "evalsha", sha, len(keys))
	for _, k := range keys {
		line = append(line, k)
	}
	line = append(line, args...)
	k := &call{ctx: ctx, args: line, bytes: sizeOf(line), done: make(chan *redis.Cmd, 1)}
	if err := ctx.Err(); err != nil {
		return failed(k, err)
	}
	if !c.add(k) {
		return failed(k, errFull)
	}
	select {
	case cmd := <-k.done:
		return cmd
	case <-ctx.Done():
		c.remove(k)
		return failed(k, context.Cause(ctx))
	}
}

// failed is the answer to a call that got none.
func failed(k *call, err error) *redis.Cmd {
	cmd := redis.NewCmd(k.ctx, k.args...)
	cmd.SetErr(err)
	return cmd
}

func sizeOf(args []any) judge.Bytes {
	n := 0
	for _, a := range args {
		switch a := a.(type) {
		case string:
			n += len(a)
		case []byte:
			n += len(a)
		default:
			n += 8
		}
	}
	return judge.Bytes(n)
}

// add lets a call wait to be sent, or reports that too much waits.
func (c *Client) add(k *call) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := c.waiting.Len(); n >= maxWaiting || n > 0 && c.bytes+k.bytes > maxWaitingBytes {
		return false
	}
	k.place = c.waiting.PushBack(k)
	c.bytes += k.bytes
	if c.sending < maxSending {
		c.sending++
		go c.send()
	}
	return true
}

// remove takes back a call that was not sent yet.
func (c *Client) remove(k *call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k.place != nil {
		c.take(k)
	}
}

// take takes a call out of those that wait. The lock is held.
func (c *Client) take(k *call) {
	c.waiting.Remove(k.place)
	k.place = nil
	c.bytes -= k.bytes
}

// send sends batches until nothing waits.
func (c *Client) send() {
	for {
		batch := c.next()
		if len(batch) == 0 {
			return
		}
		c.exec(batch)
	}
}

// next takes a batch, or ends the sending.
func (c *Client) next() []*call {
	c.mu.Lock()
	defer c.mu.Unlock()
	var batch []*call
	for bytes := judge.Bytes(0); len(batch) < maxBatch && bytes < maxBatchBytes; {
		first := c.waiting.Front()
		if first == nil {
			break
		}
		k, _ := first.Value.(*call)
		c.take(k)
		if k.ctx.Err() != nil {
			continue // its caller is about to remove it
		}
		batch = append(batch, k)
		bytes += k.bytes
	}
	if len(batch) == 0 {
		c.sending--
	}
	return batch
}

// exec runs a batch and hands out the answers. It is tried for as long as one
// of its callers waits.
func (c *Client) exec(batch []*call) {
	ctx, cancel := together(batch)
	defer cancel()
	cmds := make([]*redis.Cmd, len(batch))
	_, err := c.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, k := range batch {
			cmds[i] = redis.NewCmd(ctx, k.args...)
			_ = p.Process(ctx, cmds[i]) // its error is in the command
		}
		return nil
	})
	for i, k := range batch {
		if cmds[i] == nil || err != nil && cmds[i].Err() == nil && isBroken(err) {
			k.done <- failed(k, err)
			continue
		}
		k.done <- cmds[i]
	}
}

// isBroken tells a failure of the connection from an answer of Redis, which
// only concerns the command that got it.
func isBroken(err error) bool {
	var answer redis.Error
	return !errors.As(err, &answer)
}

// together is a context for a batch: it ends when every caller's has.
func together(batch []*call) (context.Context, context.CancelFunc) {
	var last time.Time
	for _, k := range batch {
		deadline, ok := k.ctx.Deadline()
		if !ok {
			return context.WithCancel(context.WithoutCancel(k.ctx))
		}
		if deadline.After(last) {
			last = deadline
		}
	}
	return context.WithDeadline(context.WithoutCancel(batch[0].ctx), last)
}
