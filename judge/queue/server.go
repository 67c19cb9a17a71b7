package queue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
)

// Handler does what a task is good for: one judging of its queue. It returns nil
// when nothing is left to do. After any error the task is delivered again: after
// the wait of a [judge.LaterError], at once where the error wraps
// [judge.ErrHandedBack], else after the server's own backoff. The handler decides
// how often a judging is tried; the queue never gives a task up. When a drain runs
// out of time, ctx ends with the cause ErrHandedBack.
//
// The handler logs its own failures. Its first act must be to claim a judging
// in the ledger: the sweeper delivers a task again that was taken and not used
// for some seconds.
type Handler func(ctx context.Context, task judge.Delivery) error

// Config says how a Server works.
type Config struct {
	Redis redis.UniversalClient // closed by the caller
	// Slots is how many judgings run at a time. At least 1.
	Slots int
	// Weights share the slots out while several queues have work. Defaults to
	// interactive 6, default 3, batch 1.
	Weights map[judge.Queue]int
	// PollInterval is how often an idle server looks for work that nobody
	// announced, such as a judging whose wait before the next try is over.
	// Defaults to 200 ms.
	PollInterval time.Duration
	// ForwardInterval is how often judgings whose wait before the next try is
	// over are looked for. Defaults to 500 ms.
	ForwardInterval time.Duration
	Handler         Handler
	// ShutdownTimeout is how long handlers have to return after they were
	// told to hand back; those that do not are handed back over their heads.
	// Defaults to 5 s.
	ShutdownTimeout time.Duration
	// RetryDelay is the wait after the nth error that names none, n from 0.
	// Defaults to judge.Backoff.
	RetryDelay func(n int) time.Duration
	Log        *slog.Logger // defaults to slog.Default()
}

func (c Config) withDefaults() (Config, error) {
	if c.Redis == nil || c.Handler == nil || c.Slots < 1 {
		return c, errors.New("queue: Redis, Handler and at least one slot are needed")
	}
	if c.Weights == nil {
		c.Weights = map[judge.Queue]int{judge.Interactive: 6, judge.Default: 3, judge.Batch: 1}
	}
	for q, w := range c.Weights {
		if w < 1 {
			return c, fmt.Errorf("queue: weight of %s is %d: at least 1 is needed", q, w)
		}
	}
	if c.PollInterval == 0 {
		c.PollInterval = 200 * time.Millisecond
	}
	if c.ForwardInterval == 0 {
		c.ForwardInterval = 500 * time.Millisecond
	}
	if c.ShutdownTimeout == 0 {
		c.ShutdownTimeout = 5 * time.Second
	}
	if c.RetryDelay == nil {
		c.RetryDelay = judge.Backoff
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c, nil
}

// Server takes judgings from the queues and calls a Handler for each.
type Server struct {
	cfg   Config
	asynq *asynq.Server
	gate  *gate
	slots chan struct{} // one token per handler that really runs

	ctx      context.Context // every handler's, ended by handBack
	handBack context.CancelCauseFunc
	stop     sync.Once
	shut     sync.Once
	deaf     context.CancelFunc // ends what listens for announcements
	ears     sync.WaitGroup

	mu      sync.Mutex
	running int
	idle    chan struct{} // closed when running falls to 0; nil unless somebody waits
}

// NewServer makes a Server; Start sets it to work.
func NewServer(cfg Config) (*Server, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, gate: newGate(cfg.Redis, cfg.PollInterval, len(cfg.Weights)), slots: make(chan struct{}, cfg.Slots)}
	s.ctx, s.handBack = context.WithCancelCause(context.Background())
	weights := make(map[string]int, len(cfg.Weights))
	for q, w := range cfg.Weights {
		weights[string(q)] = w
	}
	log := &logger{log: cfg.Log}
	s.asynq = asynq.NewServerFromRedisClient(s.gate, asynq.Config{
		Concurrency:              cfg.Slots,
		Queues:                   weights,
		TaskCheckInterval:        checkInterval,
		DelayedTaskCheckInterval: cfg.ForwardInterval,
		ShutdownTimeout:          cfg.ShutdownTimeout,
		Logger:                   log,
		LogLevel:                 asynq.DebugLevel, // slog's own level decides
		IsFailure: func(err error) bool {
			_, asked := askedWait(err)
			return !asked
		},
		RetryDelayFunc: func(n int, err error, _ *asynq.Task) time.Duration {
			if wait, asked := askedWait(err); asked {
				return wait
			}
			return cfg.RetryDelay(n)
		},
	})
	return s, nil
}

// askedWait reports after which time a handler asks for another delivery.
func askedWait(err error) (time.Duration, bool) {
	var later *judge.LaterError
	if errors.As(err, &later) {
		return later.Wait, true
	}
	return 0, errors.Is(err, judge.ErrHandedBack)
}

// Start begins to take judgings. It returns once that goes on in the
// background; Close ends it.
func (s *Server) Start() error {
	if err := s.asynq.Start(asynq.HandlerFunc(s.handle)); err != nil {
		return fmt.Errorf("starting queue server: %w", err)
	}
	listening, stop := context.WithCancel(context.Background())
	s.deaf = stop
	s.ears.Go(func() { s.gate.listen(listening) })
	return nil
}

// handle calls the Handler under a slot and a context that Asynq cannot take
// away: after a lapse of Redis it gives a task up whose handler still works,
// and the handler's claim in the ledger decides whether that counts.
func (s *Server) handle(taskCtx context.Context, t *asynq.Task) error {
	s.enter()
	defer s.leave()
	name, _ := asynq.GetTaskID(taskCtx)
	d, err := judge.ParseTaskID(name)
	if err != nil || string(d.ID) != string(t.Payload()) {
		s.cfg.Log.Error("dropping a task that is not a judging", "task", name, "err", err)
		return nil
	}
	q, _ := asynq.GetQueueName(taskCtx)
	d.Queue = judge.Queue(q)
	select {
	case s.slots <- struct{}{}:
	case <-s.ctx.Done():
		return judge.ErrHandedBack
	}
	defer func() { <-s.slots }()
	if s.ctx.Err() != nil || s.gate.isPaused() {
		return judge.ErrHandedBack // taken just before
	}
	if err = s.cfg.Handler(s.ctx, d); err != nil {
		// The handler has logged what an operator needs to know.
		s.cfg.Log.Debug("task is delivered again", "task", name, "err", err)
	}
	return err
}

// Pause stops taking judgings until Resume. Those that run go on.
func (s *Server) Pause() { s.gate.pause() }

// Resume takes judgings again.
func (s *Server) Resume() { s.gate.resume() }

func (s *Server) enter() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running++
}

func (s *Server) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running--; s.running == 0 && s.idle != nil {
		close(s.idle)
		s.idle = nil
	}
}

// whenIdle answers a channel that is closed once no handler runs.
func (s *Server) whenIdle() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running == 0 {
		idle := make(chan struct{})
		close(idle)
		return idle
	}
	if s.idle == nil {
		s.idle = make(chan struct{})
	}
	return s.idle
}

// Drain stops taking judgings and waits for those that run. When ctx ends
// first, their handlers' contexts end with the cause judge.ErrHandedBack and Drain
// returns ctx's error; Close waits for them then.
func (s *Server) Drain(ctx context.Context) error {
	s.stopTaking()
	select {
	case <-s.whenIdle():
		return nil
	case <-ctx.Done():
		s.handBack(judge.ErrHandedBack)
		return fmt.Errorf("draining queue: %w", ctx.Err())
	}
}

// Close makes handlers that still run hand back, waits for them, at most
// ShutdownTimeout, and ends everything that Start began.
func (s *Server) Close() {
	s.shut.Do(func() {
		s.stopTaking()
		s.handBack(judge.ErrHandedBack)
		s.asynq.Shutdown()
		if s.deaf != nil {
			s.deaf()
			s.ears.Wait()
		}
	})
}

func (s *Server) stopTaking() {
	s.stop.Do(func() {
		s.gate.release() // Asynq stops only between two looks
		s.asynq.Stop()
	})
}
