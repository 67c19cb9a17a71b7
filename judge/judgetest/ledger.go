package judgetest

import (
	"context"
	"time"

	"github.com/docketjudge/docket/judge"
)

// Ledger is a judge.Ledger that remembers what a worker did to one judging.
type Ledger struct {
	// What Begin answers.
	BeginErr error
	Tries    int
	Outages  int
	// FinishErr answers the first calls of Finish, one each.
	FinishErr []error

	Finished []judge.Report
	Released []judge.ReleaseReason
	Wait     time.Duration // of the last release
	Events   []judge.EventKind
	// Lose ends the hold on the judging for a cause. Hold sets it.
	Lose context.CancelCauseFunc
}

// Begin claims the judging that the task was made for.
func (l *Ledger) Begin(_ context.Context, task judge.Delivery, _ string) (judge.Submission, judge.Claim, error) {
	return judge.Submission{ID: task.ID}, judge.Claim{ID: task.ID, Attempt: task.Attempt, Token: 1, Tries: l.Tries, Outages: l.Outages}, l.BeginErr
}

// Progress remembers events.
func (l *Ledger) Progress(_ context.Context, _ judge.Claim, events ...judge.Event) error {
	for _, e := range events {
		l.Events = append(l.Events, e.Kind)
	}
	return nil
}

// Finish remembers a report.
func (l *Ledger) Finish(_ context.Context, _ judge.Claim, r judge.Report) error {
	if err := Next(&l.FinishErr); err != nil {
		return err
	}
	l.Finished = append(l.Finished, r)
	return nil
}

// Release remembers why.
func (l *Ledger) Release(_ context.Context, _ judge.Claim, why judge.ReleaseReason, wait time.Duration) error {
	l.Released, l.Wait = append(l.Released, why), wait
	return nil
}

// Hold returns a context that Lose ends.
func (l *Ledger) Hold(ctx context.Context, _ judge.Claim) (context.Context, context.CancelFunc) {
	ctx, lose := context.WithCancelCause(ctx)
	l.Lose = lose
	return ctx, func() { lose(context.Canceled) }
}
