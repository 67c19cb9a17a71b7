package judge

import (
	"context"
	"errors"
	"time"
)

// Ledger is what a worker needs of the store. Every write carries the Claim
// that the worker was given, and is refused with ErrSuperseded when somebody
// else has taken the judging over or it was cancelled, so that a late or
// duplicate worker does no harm.
type Ledger interface {
	// Begin claims a judging for this worker and marks it running. It returns
	// ErrNotNeeded when there is nothing left to do: the judging is finished
	// or cancelled, a newer attempt exists, or a living worker has it.
	Begin(ctx context.Context, id SubmissionID, attempt int, worker string) (Submission, Claim, error)
	// Progress appends events to the submission's stream.
	Progress(ctx context.Context, c Claim, events ...Event) error
	// Finish writes the final report, once.
	Finish(ctx context.Context, c Claim, r Report) error
	// Release hands an unfinished judging back to the queued state.
	Release(ctx context.Context, c Claim) error
	// HandBack is Release by a worker that is stopping: the try does not count.
	HandBack(ctx context.Context, c Claim) error
	// Hold returns a context that ends with the cause ErrSuperseded as soon as
	// the claim stops counting, because the submission was cancelled or
	// somebody else took it over.
	Hold(ctx context.Context, c Claim) (context.Context, context.CancelFunc)
}

// Claim is a worker's hold on one judging.
type Claim struct {
	ID      SubmissionID
	Attempt int
	Token   int64 // the fencing token; a later claim has a larger one
	Tries   int   // how often this judging has been begun, this time included
	// Waited is how long it lay in the queue since it was put there last.
	Waited time.Duration
}

// What a Ledger answers when a worker should stop.
var (
	ErrNotNeeded  = errors.New("judging not needed")
	ErrSuperseded = errors.New("judging superseded or cancelled")
)
