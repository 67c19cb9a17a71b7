package judging

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/docketjudge/docket/judge"
)

// WorkerConfig says what a Worker works with.
type WorkerConfig struct {
	// ID names the worker in reports and in the ledger.
	ID     string
	Ledger judge.Ledger
	Judge  Judger
	// Observe is told of every finished report. Optional.
	Observe func(judge.Report)
	// Outage is told when a judging failed because the worker is out of order
	// (ErrOutage), and since when the judging ran. Optional.
	Outage func(since time.Time, err error)
	// Log defaults to slog.Default().
	Log *slog.Logger
}

// Judger judges one submission; emit hears of its progress. [Judge] is one. Workers
// and the tools of problem authors ask for no more.
type Judger interface {
	Judge(ctx context.Context, sub judge.Submission, emit func(judge.Event)) (judge.Report, error)
}

// Worker takes judgings from the queue to their report.
type Worker struct {
	config WorkerConfig
	log    *slog.Logger
}

// NewWorker returns a Worker.
func NewWorker(c WorkerConfig) *Worker {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Observe == nil {
		c.Observe = func(judge.Report) {}
	}
	if c.Outage == nil {
		c.Outage = func(time.Time, error) {}
	}
	return &Worker{config: c, log: c.Log}
}

// Handle takes a task from the queue and judges the submission whose turn it is.
// Nil means that the task is done: a judging ended, or was cancelled meanwhile, or
// none waits. An error asks the queue for another delivery: at once if
// ErrHandedBack is among its causes, after the wait of a LaterError.
func (w *Worker) Handle(ctx context.Context, task judge.Delivery) error {
	sub, claim, err := w.config.Ledger.Begin(ctx, task, w.config.ID)
	if errors.Is(err, judge.ErrNotNeeded) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("taking a judging: %w", err)
	}
	id := claim.ID
	started := time.Now()
	if claim.Tries > judge.MaxTries {
		// The judging was begun too often, and no worker lived to say how it failed.
		w.log.Error("judging given up: its workers died", "submission", id, "tries", claim.Tries-1)
		return w.finish(ctx, claim, sub, started, w.givenUp(sub))
	}
	held, stop := w.config.Ledger.Hold(ctx, claim)
	defer stop()
	progress := w.progress(held, claim)
	report, err := w.judge(held, sub, progress.add)
	progress.close()
	if errors.Is(err, judge.ErrOutage) && !errors.Is(err, judge.ErrLanguageOutage) && held.Err() == nil {
		w.config.Outage(started, err)
	}
	switch {
	case errors.Is(context.Cause(held), judge.ErrSuperseded):
		// Cancelled, or somebody else's by now.
		w.log.Info("judging stopped", "submission", id, "attempt", claim.Attempt)
		return nil
	case ctx.Err() != nil:
		w.release(ctx, claim, judge.ReleaseStopping, 0)
		return fmt.Errorf("judging %s: %w", id, judge.ErrHandedBack)
	case errors.Is(err, judge.ErrOutage) && claim.Outages < judge.MaxOutages:
		// Else the judging at the head of its line would meet every outage.
		wait := judge.Backoff(claim.Outages)
		w.release(ctx, claim, judge.ReleaseOutage, wait)
		return &judge.LaterError{Wait: wait, Err: err}
	case err != nil && claim.Tries < judge.MaxTries:
		w.log.Error("judging failed", "submission", id, "try", claim.Tries, "err", err)
		wait := judge.Backoff(claim.Tries - 1)
		w.release(ctx, claim, judge.ReleaseFailed, wait)
		return &judge.LaterError{Wait: wait, Err: err}
	case err != nil:
		w.log.Error("judging given up", "submission", id, "tries", claim.Tries, "err", err)
		report = w.givenUp(sub)
	}
	return w.finish(ctx, claim, sub, started, report)
}

// judge turns a panic into an error: the claim must not be held for ever.
func (w *Worker) judge(ctx context.Context, sub judge.Submission, emit func(judge.Event)) (r judge.Report, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("judging %s: panic: %v\n%s", sub.ID, p, debug.Stack())
		}
	}()
	return w.config.Judge.Judge(ctx, sub, emit)
}

// finish completes a report and writes it, whatever becomes of ctx.
func (w *Worker) finish(ctx context.Context, c judge.Claim, sub judge.Submission, started time.Time, r judge.Report) error {
	r.Worker, r.Attempt = w.config.ID, c.Attempt
	queued := c.Waited
	if c.Attempt == 1 && c.Tries == 1 && c.Outages == 0 {
		// The first attempt is queued when the submission is accepted, and the
		// time of acceptance is known more exactly.
		queued = max(started.Sub(sub.Created), 0)
	}
	r.Timing.QueuedMillis, r.Timing.Steps.Queue = queued.Milliseconds(), queued.Microseconds()
	err := persist(ctx, func(ctx context.Context) error { return w.config.Ledger.Finish(ctx, c, r) })
	switch {
	case errors.Is(err, judge.ErrSuperseded):
		return nil
	case err != nil:
		// The report is lost; another try makes a new one.
		w.release(ctx, c, judge.ReleaseStopping, 0)
		return fmt.Errorf("finishing %s: %w", c.ID, err)
	}
	w.config.Observe(r)
	return nil
}

func (w *Worker) release(ctx context.Context, c judge.Claim, why judge.ReleaseReason, wait time.Duration) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTime)
	defer cancel()
	if err := w.config.Ledger.Release(ctx, c, why, wait); err != nil && !errors.Is(err, judge.ErrSuperseded) {
		// The sweeper puts it back when our lease runs out.
		w.log.Error("releasing judging", "submission", c.ID, "why", why, "err", err)
	}
}

// How long a worker tries to write a report while the ledger does not answer,
// and how long one such call may take.
const (
	persistTime = time.Minute
	writeTime   = 10 * time.Second
)

// persist calls write until a call succeeds: a report is worth a wait, and without
// the ledger the worker has nothing else to do. After ctx has ended, persist makes
// one more call.
func persist(ctx context.Context, write func(context.Context) error) error {
	end := time.Now().Add(persistTime)
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		call, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTime)
		err := write(call)
		cancel()
		if err == nil || errors.Is(err, judge.ErrSuperseded) || ctx.Err() != nil || time.Now().After(end) {
			return err
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
		}
	}
}

// givenUp is the report of a submission that the judge could not judge.
func (w *Worker) givenUp(sub judge.Submission) judge.Report {
	return judge.Report{
		ID: sub.ID, Kind: sub.Kind, Problem: sub.Problem, Language: sub.Language, State: judge.StateDone,
		Verdict: judge.JE, Message: "the judge failed; the operators have been told and may judge it again",
		User: sub.User, Metadata: sub.Metadata, KeyID: sub.KeyID, Created: sub.Created,
	}
}

// progress writes events to the ledger beside the judging, in order, so that
// the next test does not wait for Redis.
type progress struct {
	events chan judge.Event
	done   chan struct{}
}

func (w *Worker) progress(ctx context.Context, c judge.Claim) *progress {
	p := &progress{events: make(chan judge.Event, 64), done: make(chan struct{})}
	go func() {
		defer close(p.done)
		var batch []judge.Event
		for e := range p.events {
			batch = p.gather(append(batch[:0], e))
			if err := w.config.Ledger.Progress(ctx, c, batch...); err != nil && ctx.Err() == nil && !errors.Is(err, judge.ErrSuperseded) {
				// Progress is a courtesy; the report decides.
				w.log.Warn("writing progress", "submission", c.ID, "err", err)
			}
		}
	}()
	return p
}

// linger is how long an event waits for others to go along with it: nobody
// sees the difference, and a small test takes less time than writing about it.
const linger = 20 * time.Millisecond

// gather adds what happens within a moment.
func (p *progress) gather(batch []judge.Event) []judge.Event {
	moment := time.NewTimer(linger)
	defer moment.Stop()
	for {
		select {
		case e, more := <-p.events:
			if !more {
				return batch
			}
			batch = append(batch, e)
		case <-moment.C:
			return batch
		}
	}
}

func (p *progress) add(e judge.Event) {
	e.At = time.Now().UTC()
	p.events <- e
}

// close waits until every event is written, so that none comes after the
// report.
func (p *progress) close() {
	close(p.events)
	<-p.done
}
