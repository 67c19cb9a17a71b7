package store

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/redisbatch"
)

// Config says how long a Store keeps things.
type Config struct {
	// Retention is how long a submission is kept after its last judging
	// ended. Defaults to DefaultRetention.
	Retention time.Duration
	// RunRetention is the same for runs. Defaults to DefaultRunRetention.
	RunRetention time.Duration
	// Log receives what happens in the background. Defaults to
	// slog.Default().
	Log *slog.Logger
}

func (c Config) withDefaults() (Config, error) {
	if c.Retention == 0 {
		c.Retention = DefaultRetention
	}
	if c.RunRetention == 0 {
		c.RunRetention = DefaultRunRetention
	}
	if c.Retention < time.Minute || c.RunRetention < time.Minute {
		return c, fmt.Errorf("store: retention of %s and %s: at least a minute is needed", c.Retention, c.RunRetention)
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c, nil
}

func (c Config) retention(k judge.Kind) time.Duration {
	if k == judge.KindRun {
		return c.RunRetention
	}
	return c.Retention
}

// Store is the memory of Docket in Redis. It is safe for concurrent use.
type Store struct {
	db     redis.UniversalClient
	accept redis.Scripter // db, with concurrent calls sent together
	cfg    Config
	owned  bool // Close closes db
	id     string

	wake  watchers
	held  claims
	keys  keyCache
	sweep sweeper

	close sync.Once
}

var _ judge.Ledger = (*Store)(nil)

// New makes a Store on a client that the caller closes.
func New(db redis.UniversalClient, cfg Config) (*Store, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, accept: redisbatch.New(db), cfg: cfg, id: randomID()}
	s.wake.init()
	s.held.init()
	s.keys.init()
	s.sweep.init()
	return s, nil
}

// Open connects to the Redis of a URL, in a form that Connect knows.
func Open(rawURL string, cfg Config) (*Store, error) {
	db, err := Connect(rawURL)
	if err != nil {
		return nil, err
	}
	s, err := New(db, cfg)
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	s.owned = true
	return s, nil
}

// Client is the connection pool, to be shared with the queue.
func (s *Store) Client() redis.UniversalClient { return s.db }

// Close releases what Open opened. Run must have returned.
func (s *Store) Close() error {
	var err error
	s.close.Do(func() {
		if s.owned {
			err = s.db.Close()
		}
	})
	return err
}

// Run feeds Watch and Hold from Redis until ctx ends. Every process that
// uses either runs it once. It returns nil when ctx ended.
func (s *Store) Run(ctx context.Context) error {
	return s.listen(ctx)
}
