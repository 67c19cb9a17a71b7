package api

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/docketjudge/docket/judge"
)

// Store remembers submissions and their reports. Its methods return a
// [judge.Error] for what a client may see.
type Store interface {
	Intake
	Reports
	Stream
	Control
	// LookupKey finds the API key with that secret, or returns CodeUnauth.
	LookupKey(ctx context.Context, secret string) (judge.Key, error)
}

// Intake takes submissions in.
type Intake interface {
	// Create writes a new submission in the queued state. When the same API
	// key has sent the same content under the same idempotency key before, it
	// returns that submission's id and false; other content under the key is
	// CodeConflict. An empty key is no key.
	Create(ctx context.Context, s judge.Submission, idempotencyKey string) (id judge.SubmissionID, created bool, err error)
	// Admit asks whether a key may send more, ahead being what was admitted
	// and is not stored yet, and counts it; too much is CodeRateLimited.
	Admit(ctx context.Context, keyID string, more, ahead judge.Load, q judge.Quota) error
	// PendingBytes is the size of what all clients have queued and running.
	PendingBytes(ctx context.Context) (judge.Bytes, error)
}

// Reports gives account of submissions.
type Reports interface {
	// Report returns the account of a submission's newest judging.
	Report(ctx context.Context, id judge.SubmissionID) (judge.Report, error)
	// Attempts returns the accounts of all its judgings, oldest first.
	Attempts(ctx context.Context, id judge.SubmissionID) ([]judge.Report, error)
	// List returns a page of reports, newest first, and the cursor of the
	// next page, which is empty after the last.
	List(ctx context.Context, f judge.Filter) ([]judge.Report, judge.SubmissionID, error)
}

// Stream tells of a submission's progress.
type Stream interface {
	// Events returns up to limit events of a submission after the one with
	// that id, or from the first when after is empty.
	Events(ctx context.Context, id judge.SubmissionID, after string, limit int64) ([]judge.Event, error)
	// Watch returns a channel that receives after anything about a submission
	// changed, and the function that ends the watch.
	Watch(id judge.SubmissionID) (<-chan struct{}, func())
}

// Control ends judgings and begins new ones.
type Control interface {
	// Cancel ends a submission that is queued or running and returns its
	// report, and the delivery whose task the queue holds for nothing now, if
	// there is one.
	Cancel(ctx context.Context, id judge.SubmissionID) (judge.Report, *judge.Delivery, error)
	// Rejudge begins a new judging and returns its number.
	Rejudge(ctx context.Context, id judge.SubmissionID) (int, error)
}

// Enqueuer hands judgings to the workers.
type Enqueuer interface {
	Enqueue(ctx context.Context, id judge.SubmissionID, attempt int, q judge.Queue) error
	// Withdraw takes out what nobody needs any more, if no worker has it yet.
	Withdraw(ctx context.Context, d judge.Delivery) error
}

// Problems finds problems. A problem's samples must be readable; its other
// tests need not be, and making generated ones must not be waited for: only
// workers open them.
type Problems interface {
	judge.Catalog
	// List returns a page of the problems that a query selects, and the
	// cursor of the next page, which is empty after the last.
	List(ctx context.Context, q ProblemQuery) ([]ProblemSummary, string, error)
}

// Depth is how much waits in one queue.
type Depth struct {
	Queue   judge.Queue
	Pending int           // waiting for a worker
	Running int           // being judged
	Oldest  time.Duration // how long the oldest pending one has waited
}

// Config says what an API needs and how it behaves.
type Config struct {
	Store    Store    // required
	Queue    Enqueuer // required
	Problems Problems // required

	// Toolchain describes the compiler and runtime that judge a language
	// ("go1.26.3"). Defaults to nothing.
	Toolchain func(judge.Language) string
	// Depths tells how full the queues are, for metrics and for MaxPending.
	// Defaults to not knowing.
	Depths func(ctx context.Context) ([]Depth, error)
	// Ready are asked by /readyz. Defaults to none.
	Ready []Check

	// Now is the clock that stamps submissions. Defaults to time.Now.
	Now func() time.Time
	// Log receives one line per request (debug for those that went well,
	// info for the client's mistakes, error for ours). Defaults to
	// slog.Default.
	Log *slog.Logger
	// Registerer receives the metrics of this package. Defaults to a registry
	// of its own.
	Registerer prometheus.Registerer
	// Gatherer is what /metrics shows. Defaults to the Registerer when that
	// can be read, else to prometheus.DefaultGatherer.
	Gatherer prometheus.Gatherer
	// Version is shown in the OpenAPI document. Defaults to "dev".
	Version string

	// RequireKeys refuses every request to /v1 without an API key. Without it
	// [Server.Serve] refuses to listen beyond loopback.
	RequireKeys bool
	// OpenMetrics serves /metrics without a key even where keys are required.
	OpenMetrics bool
	// KeyQuota bounds what one key may ask for. Defaults to no bounds.
	KeyQuota judge.Quota
	// MaxPending bounds what all clients together may have queued. Needs
	// Depths. Defaults to no bound.
	MaxPending int
	// MaxPendingBytes bounds the size of what all clients together may have
	// queued and running. Defaults to no bound.
	MaxPendingBytes judge.Bytes
	// MaxConns bounds how many connections there are at a time, and
	// MaxConnsPerAddress those from one IPv4 address or IPv6 network of 64
	// bits; one more is answered 503 and closed. Default to 8192 and 2048.
	MaxConns, MaxConnsPerAddress int
	// MaxWaiting bounds how many requests may wait for a report or follow
	// events at one time; one key may have a quarter of them. Defaults to
	// 4096.
	MaxWaiting int
	// MaxStream is how long an event stream may last before its client has to
	// come back with Last-Event-ID. Defaults to 10 minutes.
	MaxStream time.Duration
	// AllowOrigins are the origins whose pages may call this API from a
	// browser; "*" means all. Defaults to none.
	AllowOrigins []string
	// AllowHosts are the names, besides those of loopback, under which the
	// server may be called where no keys are required: requests whose Host is
	// another one are answered 421. Defaults to none.
	AllowHosts []string

	Heartbeat       time.Duration // between comments on an idle event stream; defaults to 15 s
	RequestTimeout  time.Duration // for the work of one request, waiting not counted; defaults to 10 s
	ReadTimeout     time.Duration // for a client to send its request; defaults to 15 s
	WriteTimeout    time.Duration // for a client to take an answer or event; defaults to 30 s
	IdleTimeout     time.Duration // between two requests on a connection; defaults to 75 s
	ShutdownTimeout time.Duration // for requests under way when serving ends; defaults to 10 s
}

// withDefaults fills the zero fields of c and checks the rest.
func (c Config) withDefaults() (Config, error) {
	switch {
	case c.Store == nil:
		return c, errors.New("api config: Store is required")
	case c.Queue == nil:
		return c, errors.New("api config: Queue is required")
	case c.Problems == nil:
		return c, errors.New("api config: Problems is required")
	case min(c.KeyQuota.Pending.Submissions, c.KeyQuota.Minute.Submissions, c.MaxPending, c.MaxWaiting, c.MaxConns, c.MaxConnsPerAddress) < 0,
		min(c.KeyQuota.Pending.Bytes, c.KeyQuota.Minute.Bytes, c.MaxPendingBytes) < 0:
		return c, errors.New("api config: KeyQuota and the fields Max... must not be negative")
	case c.MaxPending > 0 && c.Depths == nil:
		return c, errors.New("api config: MaxPending needs Depths")
	}
	if c.Toolchain == nil {
		c.Toolchain = func(judge.Language) string { return "" }
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Registerer == nil {
		c.Registerer = prometheus.NewRegistry()
	}
	if c.Gatherer == nil {
		if g, ok := c.Registerer.(prometheus.Gatherer); ok {
			c.Gatherer = g
		} else {
			c.Gatherer = prometheus.DefaultGatherer
		}
	}
	if c.Version == "" {
		c.Version = "dev"
	}
	for _, d := range []struct {
		field *int
		value int
	}{
		{&c.MaxWaiting, 4096},
		{&c.MaxConns, 8192},
		{&c.MaxConnsPerAddress, 2048},
	} {
		if *d.field == 0 {
			*d.field = d.value
		}
	}
	for _, d := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&c.MaxStream, 10 * time.Minute},
		{&c.Heartbeat, 15 * time.Second},
		{&c.RequestTimeout, 10 * time.Second},
		{&c.ReadTimeout, 15 * time.Second},
		{&c.WriteTimeout, 30 * time.Second},
		{&c.IdleTimeout, 75 * time.Second},
		{&c.ShutdownTimeout, 10 * time.Second},
	} {
		if *d.field < 0 {
			return c, errors.New("api config: timeouts must not be negative")
		}
		if *d.field == 0 {
			*d.field = d.value
		}
	}
	return c, nil
}
