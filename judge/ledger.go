package judge

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Ledger is what a worker needs of the store. Every write carries the Claim
// that the worker was given, and is refused with ErrSuperseded when somebody
// else has taken the judging over or it was cancelled, so that a late or
// duplicate worker does no harm.
type Ledger interface {
	// Begin claims a judging for this worker and marks the judging running. Of
	// the judgings that wait in the task's queue Begin takes the one whose turn
	// it is, which need not be the one that the task was made for. API keys take
	// turns, and so do the users of a key; what one user sent with one key is
	// begun in order. Begin returns ErrNotNeeded when nothing waits. A LaterError
	// means that the waiting judgings must not be begun yet, or that they failed
	// on this worker and another worker should have them first.
	Begin(ctx context.Context, task Delivery, worker string) (Submission, Claim, error)
	// Progress appends events to the submission's stream.
	Progress(ctx context.Context, c Claim, events ...Event) error
	// Finish writes the final report, once. After an error that does not wrap
	// ErrSuperseded it may be called again.
	Finish(ctx context.Context, c Claim, r Report) error
	// Release hands an unfinished judging back to the queued state. Nobody
	// begins it before the wait is over.
	Release(ctx context.Context, c Claim, why ReleaseReason, wait time.Duration) error
	// Hold returns a context that ends with the cause ErrSuperseded as soon as
	// the claim stops counting, because the submission was cancelled or
	// somebody else took it over.
	Hold(ctx context.Context, c Claim) (context.Context, context.CancelFunc)
}

// How long a judging is tried.
const (
	// MaxTries is how often a judging is begun before it is given up as JE. A
	// submission that kills its worker each time is counted like one at which
	// the judge fails, so neither can occupy the system for ever.
	MaxTries = 5
	// MaxOutages is how many outages of workers do not count against a judging.
	// A judging that was present at more of them is likely to have caused them:
	// from then on its tries count.
	MaxOutages = 20
)

// Claim is a worker's hold on one judging.
type Claim struct {
	ID      SubmissionID
	Attempt int
	Token   int64 // the fencing token; a later claim has a larger one
	// Tries is how often it has been begun, this time included, without the
	// times after which a worker stopped, was out of order or was never heard
	// of.
	Tries   int
	Outages int // how often it was handed back because of an outage
	// Waited is how long it lay in the queue since it was put there last.
	Waited time.Duration
}

// ReleaseReason says why a worker hands a judging back unfinished.
type ReleaseReason string

// Why a judging is handed back.
const (
	// ReleaseFailed: the judging failed on a worker that is in order. The try
	// counts, and another worker should have the next one.
	ReleaseFailed ReleaseReason = "failed"
	// ReleaseStopping: the worker is stopping, or could not write the report.
	// The try does not count.
	ReleaseStopping ReleaseReason = "stopping"
	// ReleaseOutage: the worker is out of order. The try does not count, but
	// the outage does.
	ReleaseOutage ReleaseReason = "outage"
)

// LaterError asks the queue to deliver a judging again after a wait. It is not
// a failure of the queue's.
type LaterError struct {
	Wait time.Duration
	Err  error
}

func (e *LaterError) Error() string { return fmt.Sprintf("again in %s: %v", e.Wait, e.Err) }

func (e *LaterError) Unwrap() error { return e.Err }

// What a Ledger answers when a worker should stop.
var (
	ErrNotNeeded  = errors.New("judging not needed")
	ErrSuperseded = errors.New("judging superseded or cancelled")
)

// ErrHandedBack says that a worker stopped before a judging was done.
var ErrHandedBack = errors.New("worker is stopping; judging handed back")
