package redisbatch

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// heldClient is a client whose batches wait until they are let go.
type heldClient struct {
	redis.UniversalClient
	begun chan struct{} // receives when a batch is about to be sent
	let   chan struct{} // closed to let all go
}

func (h *heldClient) Pipelined(ctx context.Context, fn func(redis.Pipeliner) error) ([]redis.Cmder, error) {
	h.begun <- struct{}{}
	select {
	case <-h.let:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return h.UniversalClient.Pipelined(ctx, fn)
}

func open(t *testing.T, url string) redis.UniversalClient {
	t.Helper()
	opt, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	opt.ContextTimeoutEnabled = true
	db := redis.NewClient(opt)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// count adds one to a key and answers what it was given.
var count = redis.NewScript("redis.call('INCR', KEYS[1]) return ARGV[1]")

func TestEveryCallGetsItsOwnAnswer(t *testing.T) {
	redistest.Each(t, func(t *testing.T, url string) {
		c := New(open(t, url)) // which does not know the script yet
		const calls = 500
		var wg sync.WaitGroup
		for i := range calls {
			wg.Go(func() {
				got, err := count.Run(t.Context(), c, []string{"n"}, i).Text()
				if err != nil || got != strconv.Itoa(i) {
					t.Errorf("call %d got %q, %v", i, got, err)
				}
			})
		}
		wg.Wait()
		if n := c.Get(t.Context(), "n").Val(); n != strconv.Itoa(calls) {
			t.Errorf("the script ran %s times", n)
		}
		wrong := redis.NewScript("return redis.call('LPUSH', KEYS[1], 'x')")
		wg.Go(func() {
			if err := wrong.Run(t.Context(), c, []string{"n"}).Err(); err == nil || !strings.Contains(err.Error(), "WRONGTYPE") {
				t.Errorf("a script that fails: %v", err)
			}
		})
		wg.Go(func() {
			if got, err := count.Run(t.Context(), c, []string{"n"}, "beside").Text(); got != "beside" || err != nil {
				t.Errorf("beside one that fails: %q, %v", got, err)
			}
		})
		wg.Wait()
		if c.waiting.Len() != 0 || c.bytes != 0 {
			t.Errorf("%d calls and %d bytes wait for ever", c.waiting.Len(), c.bytes)
		}
	})
}

// stuck makes a client all of whose sending is held up by other calls.
func stuck(t *testing.T) (c *Client, others *sync.WaitGroup, letGo func()) {
	t.Helper()
	db := open(t, redistest.Start(t))
	if err := count.Load(t.Context(), db).Err(); err != nil {
		t.Fatal(err)
	}
	h := &heldClient{UniversalClient: db, begun: make(chan struct{}, 1000), let: make(chan struct{})}
	c, others = New(h), new(sync.WaitGroup)
	for range maxSending {
		others.Go(func() {
			if err := count.Run(t.Context(), c, []string{"others"}, 1).Err(); err != nil {
				t.Error(err)
			}
		})
		<-h.begun // alone in its batch
	}
	return c, others, sync.OnceFunc(func() { close(h.let) })
}

// A call ends with its context, and is not sent after that.
func TestCallsEndWithTheirContexts(t *testing.T) {
	c, others, letGo := stuck(t)
	defer letGo()
	ctx, cancel := context.WithCancelCause(t.Context())
	gaveUp := errors.New("gave up")
	ended := make(chan error, 1)
	go func() { ended <- count.Run(ctx, c, []string{"mine"}, 1).Err() }()
	for {
		c.mu.Lock()
		waits := c.waiting.Len() == 1
		c.mu.Unlock()
		if waits {
			break
		}
	}
	cancel(gaveUp)
	if err := <-ended; !errors.Is(err, gaveUp) {
		t.Errorf("the call ended with %v", err)
	}
	if c.waiting.Len() != 0 || c.bytes != 0 {
		t.Errorf("%d calls and %d bytes wait still", c.waiting.Len(), c.bytes)
	}
	letGo()
	others.Wait()
	if err := count.Run(t.Context(), c, []string{"others"}, 1).Err(); err != nil {
		t.Fatal(err)
	}
	if n := c.Get(t.Context(), "others").Val(); n != strconv.Itoa(maxSending+1) {
		t.Errorf("other calls ran %s times", n)
	}
	if n, err := c.Get(t.Context(), "mine").Result(); !errors.Is(err, redis.Nil) {
		t.Errorf("the call that was given up ran %s times, %v", n, err)
	}
	if err := count.Run(ctx, c, []string{"mine"}, 1).Err(); err == nil {
		t.Error("a call without a context ran")
	}
}

// A batch that is on its way is given up with the last of its callers.
func TestABatchEndsWithItsLastCaller(t *testing.T) {
	h := &heldClient{UniversalClient: open(t, redistest.Start(t)), begun: make(chan struct{}, 9), let: make(chan struct{})}
	c := New(h)
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := count.Run(ctx, c, []string{"n"}, 1).Err(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("ended with %v", err)
	}
	for { // its place is given back
		c.mu.Lock()
		sending := c.sending
		c.mu.Unlock()
		if sending == 0 {
			break
		}
	}
}

func TestWhatWaitsIsBounded(t *testing.T) {
	c, others, letGo := stuck(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	refused := func(size judge.Bytes) error {
		k := &call{ctx: ctx, bytes: size, done: make(chan *redis.Cmd, 1)}
		if !c.add(k) {
			return errFull
		}
		return nil
	}
	if err := refused(2 * maxWaitingBytes); err != nil {
		t.Errorf("one that is large and alone: %v", err)
	}
	err := count.Run(ctx, c, []string{"n"}, 1).Err()
	if judge.CodeOf(err) != judge.CodeUnavailable {
		t.Errorf("a call behind too many bytes: %v", err)
	}
	c.remove(c.waiting.Front().Value.(*call))
	for i := range maxWaiting {
		if err := refused(1); err != nil {
			t.Fatalf("call %d: %v", i, err)
		}
	}
	if err := refused(1); err == nil {
		t.Error("one too many waits")
	}
	cancel() // those without a script are passed over
	letGo()
	others.Wait()
}
