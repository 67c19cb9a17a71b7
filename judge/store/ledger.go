package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
)

// Begin claims the judging whose turn it is in a task's queue, as
// [judge.Ledger] says. The claim is a lease of LeaseTime that Heartbeat renews
// until Finish or Release; see Hold. Claim.Tries counts every Begin of this
// attempt, those before a worker's death included, but not those after which
// the worker stopped or was out of order.
//
// For failedTime after a judging failed on a worker, that worker is told to
// leave it to others, if any lives that is in order and has not failed at it.
func (s *Store) Begin(ctx context.Context, task judge.Delivery, worker string) (judge.Submission, judge.Claim, error) {
	sub, c, err := s.begin(ctx, task, worker)
	if err != nil {
		return judge.Submission{}, judge.Claim{}, fmt.Errorf("beginning a judging of %s: %w", task.Queue, err)
	}
	s.held.add(c, worker, headOf(sub))
	return sub, c, nil
}

func (s *Store) begin(ctx context.Context, task judge.Delivery, worker string) (sub judge.Submission, c judge.Claim, err error) {
	keys := []string{recordKey(task.ID), keyRunning, keyBeats, keyWorkers}
	ans, err := beginScript.Run(ctx, s.db, keys, beginArgs(task, worker, randomID())...).StringSlice()
	if errors.Is(err, redis.Nil) {
		return sub, c, judge.ErrNotNeeded
	}
	if err != nil {
		return sub, c, err
	}
	numbers := make([]int64, len(ans))
	for i, text := range ans {
		numbers[i], _ = strconv.ParseInt(text, 10, 64) // written by our own scripts
	}
	switch len(ans) {
	case 2:
		wait := time.Duration(numbers[1]) * time.Millisecond
		return sub, c, &judge.LaterError{Wait: wait, Err: errLater}
	case 7:
	default:
		return sub, c, fmt.Errorf("record is incomplete: %q", ans)
	}
	c = judge.Claim{
		ID: judge.SubmissionID(ans[0]), Attempt: int(numbers[1]), Token: numbers[2], Tries: int(numbers[3]),
		Waited: time.Duration(numbers[5]) * time.Millisecond, Outages: int(numbers[6]),
	}
	if err := json.Unmarshal([]byte(ans[4]), &sub); err != nil {
		return sub, c, fmt.Errorf("submission %s: %w", c.ID, err)
	}
	return sub, c, nil
}

func beginArgs(task judge.Delivery, worker, nonce string) []any {
	return []any{string(task.ID), task.TaskID(), string(task.Queue), worker, nonce,
		LeaseTime.Milliseconds(), keyQueued, failedTime.Milliseconds(), repeatTime.Milliseconds()}
}

const (
	// failedTime is for how long a judging that failed on a worker is left to
	// others.
	failedTime = 30 * time.Second
	// repeatTime is for how long a call of Begin may be repeated.
	repeatTime = time.Minute
)

var errLater = errors.New("what waits is to be tried later, or by another worker first")

// Progress appends events to the submission's stream, in one round trip.
func (s *Store) Progress(ctx context.Context, c judge.Claim, events ...judge.Event) error {
	args := append(make([]any, 0, 5+len(events)), string(c.ID), c.Attempt, c.Token, maxEvents, chanEvents)
	for _, e := range events {
		e.Attempt = c.Attempt
		if e.At.IsZero() {
			e.At = time.Now().UTC()
		}
		event, err := encodeEvent(e)
		if err != nil {
			return fmt.Errorf("progress of %s: %w", c.ID, err)
		}
		args = append(args, event)
	}
	n, err := s.number(ctx, progressScript, []string{recordKey(c.ID), streamKey(c.ID)}, args...)
	if err != nil {
		return fmt.Errorf("progress of %s: %w", c.ID, err)
	}
	if n == 0 {
		s.held.lose(c)
		return fmt.Errorf("progress of %s: %w", c.ID, judge.ErrSuperseded)
	}
	return nil
}

// Finish writes the final report and appends the event done. ID, State,
// Attempt, and Finished when it is nil, are set here. Once an attempt has a
// report, another Finish under the same claim changes nothing and is no
// error, because the client may have sent it twice. The lease is renewed until
// Finish has succeeded or found the claim superseded.
func (s *Store) Finish(ctx context.Context, c judge.Claim, r judge.Report) (err error) {
	defer func() {
		if err == nil || errors.Is(err, judge.ErrSuperseded) {
			s.held.drop(c)
		}
	}()
	head, err := s.headFor(ctx, c)
	if judge.CodeOf(err) == judge.CodeNotFound {
		return fmt.Errorf("finishing %s: %w", c.ID, judge.ErrSuperseded)
	}
	if err != nil {
		return fmt.Errorf("finishing %s: %w", c.ID, err)
	}
	r.ID, r.State, r.Attempt = c.ID, judge.StateDone, c.Attempt
	now := time.Now().UTC()
	if r.Finished == nil {
		r.Finished = &now
	}
	report, brief, err := encodeReport(r)
	if err != nil {
		return fmt.Errorf("finishing %s: %w", c.ID, err)
	}
	event, err := encodeEvent(judge.Event{Kind: judge.EventDone, Attempt: c.Attempt, At: *r.Finished})
	if err != nil {
		return fmt.Errorf("finishing %s: %w", c.ID, err)
	}
	keep := s.cfg.retention(head.Kind)
	keys := append([]string{
		recordKey(c.ID), streamKey(c.ID), reportsKey(c.ID), keyRunning, keyPending + head.KeyID,
		verdictKey(head.Kind, r.Verdict),
	}, head.indexes()...)
	n, err := s.number(ctx, finishScript, keys, string(c.ID), c.Attempt, c.Token, event, chanEvents,
		report, brief, string(r.Verdict), keep.Milliseconds(), keyIndexes, millis(now.Add(keep)),
		keyPendingBytes, head.KeyID, string(head.Kind))
	if err != nil {
		return fmt.Errorf("finishing %s: %w", c.ID, err)
	}
	if n == 0 {
		return fmt.Errorf("finishing %s: %w", c.ID, judge.ErrSuperseded)
	}
	return nil
}

// headFor finds under which keys a claimed submission is indexed, without
// asking Redis when this process began it.
func (s *Store) headFor(ctx context.Context, c judge.Claim) (head, error) {
	if h := s.held.get(c); h != nil {
		return h.head, nil
	}
	rec, err := s.record(ctx, c.ID)
	return rec.head, err
}

// Release hands an unfinished judging back to the queued state, at the head of
// its line once the wait is over. The task that it was begun with stays in the
// queue, which delivers it again. Whatever Release answers, the lease is no
// longer renewed: if Redis could not be reached, the sweeper puts the judging
// back.
func (s *Store) Release(ctx context.Context, c judge.Claim, why judge.ReleaseReason, wait time.Duration) error {
	defer s.held.drop(c)
	head, err := s.headFor(ctx, c)
	if judge.CodeOf(err) == judge.CodeNotFound {
		return fmt.Errorf("releasing %s: %w", c.ID, judge.ErrSuperseded)
	}
	if err != nil {
		return fmt.Errorf("releasing %s: %w", c.ID, err)
	}
	n, err := s.requeue(ctx, c, head, why, wait)
	if err != nil {
		return fmt.Errorf("releasing %s: %w", c.ID, err)
	}
	if n < 0 {
		return fmt.Errorf("releasing %s: %w", c.ID, judge.ErrSuperseded)
	}
	return nil
}

// expired is why the sweeper queues a running judging again: its lease ran out.
const expired judge.ReleaseReason = "expired"

// requeue answers the delivery number, or -1 when the claim does not count.
func (s *Store) requeue(ctx context.Context, c judge.Claim, h head, why judge.ReleaseReason, wait time.Duration) (int, error) {
	event, err := encodeEvent(judge.Event{Kind: judge.EventQueued, Attempt: c.Attempt, At: time.Now().UTC()})
	if err != nil {
		return 0, err
	}
	n, err := s.number(ctx, requeueScript, []string{recordKey(c.ID), streamKey(c.ID), keyRunning},
		string(c.ID), c.Attempt, c.Token, event, chanEvents, keyQueued, string(why), chanFenced, wait.Milliseconds(), h.line())
	return int(n), err
}

// encodeReport writes a report in full and without what lists leave out.
func encodeReport(r judge.Report) (full, brief string, err error) {
	if full, err = encode(r); err != nil {
		return "", "", err
	}
	r.Tests, r.Run, r.Compile = nil, nil, nil
	if brief, err = encode(r); err != nil {
		return "", "", err
	}
	return full, brief, nil
}
