package queue

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/redisbatch"
)

const (
	// TaskType is the type of every task.
	TaskType = "judging"

	// taskTimeout is long enough never to pass: Asynq takes a task that runs
	// out of time from a handler that still works on it. Judgings are bounded
	// by their own limits.
	taskTimeout = 7 * 24 * time.Hour
	// asynqRetry is never reached: Asynq would archive the task.
	asynqRetry = math.MaxInt32
	// pageSize is how many active tasks are listed; there is one per slot.
	pageSize = 10_000
)

// Client puts judgings into the queues. It is safe for concurrent use.
type Client struct {
	db    redis.UniversalClient
	tasks *asynq.Client
	news  announcer
}

// NewClient makes a Client on a connection pool that the caller closes.
func NewClient(db redis.UniversalClient) *Client {
	return NewPlainClient(redisbatch.New(db))
}

// NewPlainClient makes a Client that sends every task by itself, as any
// program does, to be compared with.
func NewPlainClient(db redis.UniversalClient) *Client {
	return &Client{db: db, tasks: asynq.NewClientFromRedisClient(db), news: announcer{db: db}}
}

// Enqueue puts the first delivery of a judging into a queue. That it is there
// already, or in a worker's hands, is no error.
func (c *Client) Enqueue(ctx context.Context, id judge.SubmissionID, attempt int, q judge.Queue) error {
	return c.Deliver(ctx, judge.Delivery{ID: id, Attempt: attempt, Queue: q})
}

// Deliver puts any delivery into the queue that it names, as Enqueue does.
func (c *Client) Deliver(ctx context.Context, d judge.Delivery) error {
	_, err := c.tasks.EnqueueContext(ctx, asynq.NewTask(TaskType, []byte(d.ID)),
		asynq.TaskID(d.TaskID()), asynq.Queue(string(d.Queue)),
		asynq.MaxRetry(asynqRetry), asynq.Timeout(taskTimeout))
	if err != nil && !errors.Is(err, asynq.ErrTaskIDConflict) {
		return fmt.Errorf("enqueueing %s: %w", d.TaskID(), err)
	}
	c.news.announce()
	return nil
}

// Withdraw takes out a delivery that nobody needs any more. That a worker has
// it, or that it is not there, is no error: the ledger tells a worker.
func (c *Client) Withdraw(ctx context.Context, d judge.Delivery) error {
	err := c.inspect(ctx).DeleteTask(string(d.Queue), d.TaskID())
	if ctx.Err() == nil && (err == nil || isAnswer(err)) {
		return nil
	}
	return fmt.Errorf("withdrawing %s: %w", d.TaskID(), err)
}

// isAnswer tells what Asynq found from what Redis failed at.
func isAnswer(err error) bool {
	return errors.Is(err, asynq.ErrTaskNotFound) || errors.Is(err, asynq.ErrQueueNotFound) ||
		strings.Contains(err.Error(), "FAILED_PRECONDITION") // the task is active: Asynq has no error value for it
}

func (c *Client) inspect(ctx context.Context) *asynq.Inspector {
	return asynq.NewInspectorFromRedisClient(contextClient{c.db, ctx})
}

// contextClient gives the calls of an asynq.Inspector, which takes no context,
// the caller's. It has every command that the inspector sends for us.
type contextClient struct {
	redis.UniversalClient
	ctx context.Context //nolint:containedctx // of one call
}

func (w contextClient) SIsMember(_ context.Context, key string, member any) *redis.BoolCmd {
	return w.UniversalClient.SIsMember(w.ctx, key, member)
}

func (w contextClient) SMembers(_ context.Context, key string) *redis.StringSliceCmd {
	return w.UniversalClient.SMembers(w.ctx, key)
}

func (w contextClient) EvalSha(_ context.Context, sha string, keys []string, args ...any) *redis.Cmd {
	return w.UniversalClient.EvalSha(w.ctx, sha, keys, args...)
}

func (w contextClient) Eval(_ context.Context, script string, keys []string, args ...any) *redis.Cmd {
	return w.UniversalClient.Eval(w.ctx, script, keys, args...)
}

// Active lists the deliveries that were taken from the queues and not yet
// answered for: those of living workers and, for a minute or two, those of
// dead ones.
func (c *Client) Active(ctx context.Context) ([]judge.Delivery, error) {
	var ds []judge.Delivery
	for _, q := range judge.Queues() {
		infos, err := c.inspect(ctx).ListActiveTasks(string(q), asynq.PageSize(pageSize))
		if errors.Is(err, asynq.ErrQueueNotFound) {
			continue // nothing was ever put into it
		}
		if err != nil {
			return nil, fmt.Errorf("active tasks of %s: %w", q, err)
		}
		for _, info := range infos {
			d, err := judge.ParseTaskID(info.ID)
			if err != nil {
				continue // not a judging
			}
			d.Queue = q
			ds = append(ds, d)
		}
	}
	return ds, nil
}

// Pending counts the tasks of a queue that can be taken now. An inspector would
// measure the memory of the queue as well.
func (c *Client) Pending(ctx context.Context, q judge.Queue) (int, error) {
	n, err := c.db.LLen(ctx, "asynq:{"+string(q)+"}:pending").Result()
	if err != nil {
		return 0, fmt.Errorf("pending tasks of %s: %w", q, err)
	}
	return int(n), nil
}

// Depth is what Asynq holds of a queue.
type Depth struct {
	Queue    judge.Queue
	Pending  int // ready to be taken
	Active   int // in a worker's hands
	Retrying int // waiting for their next try
	Archived int // given up by Asynq; must stay 0
	Oldest   time.Duration
}

// Depths counts every queue's tasks, in the order of judge.Queues.
func (c *Client) Depths(ctx context.Context) ([]Depth, error) {
	inspect := c.inspect(ctx)
	known, err := inspect.Queues()
	if err != nil {
		return nil, fmt.Errorf("depths of queues: %w", err)
	}
	ds := make([]Depth, 0, len(judge.Queues()))
	for _, q := range judge.Queues() {
		if !slices.Contains(known, string(q)) { // nothing was ever put into it
			ds = append(ds, Depth{Queue: q})
			continue
		}
		info, err := inspect.GetQueueInfo(string(q))
		if err != nil {
			return nil, fmt.Errorf("depth of %s: %w", q, err)
		}
		ds = append(ds, Depth{
			Queue: q, Pending: info.Pending, Active: info.Active,
			Retrying: info.Retry, Archived: info.Archived, Oldest: info.Latency,
		})
	}
	return ds, nil
}
