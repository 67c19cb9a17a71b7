package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/gofiber/fiber/v2"

	"github.com/docketjudge/docket/judge"
)

// Caps on requests, before anything is decoded.
const (
	maxHeader = 16 * judge.KiB
	maxBody   = 512 * judge.KiB
	// maxRunBody leaves room for the largest input of a run beside its
	// sources, both with some escaping.
	maxRunBody   = 2 * judge.MiB
	maxBatchBody = 4 * judge.MiB
)

// Server answers HTTP requests. Its methods are safe for concurrent use.
type Server struct {
	cfg      Config
	app      *fiber.App
	routes   []route
	metrics  *metrics
	document []byte // the OpenAPI document
	docs     []byte // the same as a page
	load     load
	origins  origins
	hosts    hosts
	bodies   *shares // bytes of large bodies that are being read
	places   *shares // for requests that wait for a report or follow events

	requests atomic.Uint64 // counts requests, for their ids

	stopping  chan struct{} // closed when no new waiting may begin
	readiness *Readiness
	stop      func()
	listeners sync.Mutex
	listener  net.Listener
}

// New returns a server that is ready to serve.
func New(cfg Config) (*Server, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, routes: routes(), origins: newOrigins(cfg.AllowOrigins), hosts: newHosts(cfg), stopping: make(chan struct{}),
		places:    newShares(int64(cfg.MaxWaiting), int64(max(cfg.MaxWaiting/4, 1))),
		bodies:    newShares(int64(maxBodies), int64(maxBodies/4)),
		readiness: NewReadiness(cfg.Log, cfg.Ready...)}
	s.stop = sync.OnceFunc(func() { close(s.stopping) })
	s.load.depth = make(chan struct{}, 1)
	s.load.inFlight = make(map[string]judge.Load)
	if s.metrics, err = newMetrics(cfg); err != nil {
		return nil, err
	}
	doc := document(s.routes, cfg)
	if s.document, err = json.MarshalIndent(doc, "", "  "); err != nil {
		return nil, fmt.Errorf("writing the openapi document: %w", err)
	}
	if s.docs, err = renderDocs(doc); err != nil {
		return nil, fmt.Errorf("rendering the docs page: %w", err)
	}
	s.app = fiber.New(fiber.Config{
		AppName:                      "docket",
		BodyLimit:                    int(maxBatchBody),
		StreamRequestBody:            true, // see body.go
		ReadBufferSize:               int(maxHeader),
		ReadTimeout:                  cfg.ReadTimeout,
		WriteTimeout:                 cfg.WriteTimeout,
		IdleTimeout:                  cfg.IdleTimeout,
		CaseSensitive:                true,
		DisableStartupMessage:        true,
		DisablePreParseMultipartForm: true,
		// What handlers keep of a request must outlive the server's buffers.
		Immutable:    true,
		ErrorHandler: s.unrouted,
	})
	s.register()
	s.screen()
	return s, nil
}

// knownMethod reports whether fiber routes a method.
func knownMethod(m []byte) bool {
	switch string(m) {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete,
		http.MethodConnect, http.MethodOptions, http.MethodTrace, http.MethodPatch:
		return true
	}
	return false
}

// Document is the OpenAPI document in JSON.
func (s *Server) Document() []byte { return s.document }

// Serve answers requests that arrive at ln until ctx is done or Shutdown is
// called, then lets those under way finish. It closes ln. A listener beyond
// loopback is refused where no API keys are required.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	if !s.cfg.RequireKeys && !loopback(ln.Addr()) {
		_ = ln.Close() // the refusal is what matters
		return fmt.Errorf("serving on %s: an address beyond loopback needs API keys", ln.Addr())
	}
	s.listeners.Lock()
	if s.listener != nil {
		s.listeners.Unlock()
		_ = ln.Close() // the misuse is what matters
		return errors.New("serving: a server serves once")
	}
	s.listener = ln
	s.listeners.Unlock()

	served := make(chan error, 1)
	go func() { served <- s.app.Listener(newBoundedListener(ln, s.cfg.MaxConns, s.cfg.MaxConnsPerAddress)) }()
	select {
	case err := <-served:
		select {
		case <-s.stopping:
			return nil
		default:
			return fmt.Errorf("serving on %s: %w", ln.Addr(), err)
		}
	case <-ctx.Done():
	case <-s.stopping:
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.ShutdownTimeout)
	defer cancel()
	err := s.Shutdown(grace)
	if closed := <-served; closed != nil { // serving ends because its listener is closed
		s.cfg.Log.Debug("listener closed", "err", closed)
	}
	return err
}

// Shutdown takes no more connections, ends waiting and event streams (their
// clients get the report as it is, or come back with Last-Event-ID), and
// returns when every request under way was answered or ctx is done.
func (s *Server) Shutdown(ctx context.Context) error {
	s.stop()
	err := s.app.ShutdownWithContext(ctx)
	s.listeners.Lock()
	ln := s.listener
	s.listeners.Unlock()
	if ln != nil {
		// Fiber does not know of the listener when it is told to stop before
		// it has begun to serve.
		_ = ln.Close()
	}
	if err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("shutting down the api: %w", err)
	}
	return nil
}

// loopback reports whether only this host can reach an address.
func loopback(a net.Addr) bool {
	switch a := a.(type) {
	case *net.TCPAddr:
		return a.IP.IsLoopback()
	case *net.UnixAddr:
		return true
	}
	return false
}
