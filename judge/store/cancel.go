package store

import (
	"context"
	"fmt"
	"time"

	"github.com/docketjudge/docket/judge"
)

// Cancel ends the latest judging of a submission that is queued or running:
// its report keeps what was known, and a worker that runs it is told (see
// Hold). One that had ended is a judge.Error of CodeConflict. The delivery, where
// there is one, is that whose task the queue holds for nothing now: the caller
// withdraws it, and the queue is none the worse for keeping it.
func (s *Store) Cancel(ctx context.Context, id judge.SubmissionID) (judge.Report, *judge.Delivery, error) {
	var ours *judge.Report
	var d *judge.Delivery
	for {
		rep, err := s.Report(ctx, id)
		if err != nil {
			return judge.Report{}, nil, fmt.Errorf("cancelling: %w", err)
		}
		if ours != nil && rep.State == judge.StateCancelled && rep.Attempt == ours.Attempt && rep.Finished.Equal(*ours.Finished) {
			return rep, d, nil // the script was run twice, and the first run did it
		}
		if rep.State.Final() {
			return judge.Report{}, nil, judge.Conflict("the submission is %s already", rep.State)
		}
		var n int64
		n, d, err = s.cancel(ctx, &rep)
		if err != nil {
			return judge.Report{}, nil, fmt.Errorf("cancelling %s: %w", id, err)
		}
		switch n {
		case 1:
			return rep, d, nil
		case 2:
			return rep, nil, nil
		}
		ours = &rep
		// It ended, or was judged anew, since it was read: look again.
	}
}

// cancel answers what lua/cancel.lua does.
func (s *Store) cancel(ctx context.Context, rep *judge.Report) (int64, *judge.Delivery, error) {
	rec, err := s.record(ctx, rep.ID)
	if err != nil {
		return 0, nil, err
	}
	d := &judge.Delivery{ID: rep.ID, Attempt: rep.Attempt, Number: rec.delivery, Queue: rec.queue}
	now := time.Now().UTC()
	rep.State, rep.Finished = judge.StateCancelled, &now
	full, brief, err := encodeReport(*rep)
	if err != nil {
		return 0, nil, err
	}
	event, err := encodeEvent(judge.Event{Kind: judge.EventCancelled, Attempt: rep.Attempt, At: now})
	if err != nil {
		return 0, nil, err
	}
	keep := s.cfg.retention(rec.Kind)
	keys := append([]string{
		recordKey(rep.ID), streamKey(rep.ID), reportsKey(rep.ID), keyRunning, keyPending + rec.KeyID,
	}, rec.indexes()...)
	n, err := s.number(ctx, cancelScript, keys, string(rep.ID), rep.Attempt, event, chanEvents,
		full, brief, keep.Milliseconds(), keyQueued, chanFenced, keyIndexes, millis(now.Add(keep)),
		keyPendingBytes, rec.KeyID, string(rec.Kind))
	return n, d, err
}

// Rejudge puts a submission whose latest judging has ended into the queue
// Batch again, as a new attempt; the reports of the older ones stay. The
// caller enqueues it. One that has not ended, a run, whose input is not kept,
// and one that was cancelled before it was ever begun, whose sources are not,
// is a judge.Error of CodeConflict.
func (s *Store) Rejudge(ctx context.Context, id judge.SubmissionID) (attempt int, err error) {
	nonce := randomID()
	for {
		rec, err := s.record(ctx, id)
		if err != nil {
			return 0, fmt.Errorf("rejudging: %w", err)
		}
		if rec.Kind == judge.KindRun {
			return 0, judge.Conflict("a run is not judged again: what it was sent with is not kept; send it anew")
		}
		if !rec.state.Final() {
			return 0, judge.Conflict("the submission is %s: it can be judged anew when that has ended", rec.state)
		}
		event, err := encodeEvent(judge.Event{
			Kind: judge.EventQueued, Attempt: rec.attempt + 1, At: time.Now().UTC(),
		})
		if err != nil {
			return 0, fmt.Errorf("rejudging %s: %w", id, err)
		}
		keys := []string{recordKey(id), streamKey(id), reportsKey(id), queuedKey(judge.Batch)}
		n, err := s.number(ctx, rejudgeScript, keys, string(id), rec.attempt, event, chanEvents,
			string(judge.Batch), verdictKey(rec.Kind, ""), rec.attempt+1, nonce, rec.line())
		if err != nil {
			return 0, fmt.Errorf("rejudging %s: %w", id, err)
		}
		switch n {
		case 1:
			return rec.attempt + 1, nil
		case -2:
			return 0, judge.Conflict("the submission was cancelled before it was judged, and its sources are not kept; send it anew")
		}
	}
}
