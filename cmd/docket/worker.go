package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/docketjudge/docket/api"
)

// workerCmd runs a worker alone.
type workerCmd struct {
	storeFlags
	catalogFlags
	workerFlags
	logFlags

	MetricsListen string `help:"Address on which to serve /metrics, /healthz and /readyz." placeholder:"ADDR"`
}

// Run judges until ctx ends.
func (c *workerCmd) Run(ctx context.Context, p *process) error {
	if c.Redis == "" {
		return &exitError{code: exitUsage, err: errNeedsRedis}
	}
	n, err := openNode(ctx, c.storeFlags, c.logger(p.stderr))
	if err != nil {
		return err
	}
	defer n.close()
	w, err := n.openWorker(ctx, c.workerFlags, c.catalogFlags)
	if err != nil {
		return err
	}
	defer w.close()
	if c.MetricsListen != "" {
		stop, err := n.serveMetrics(ctx, c.MetricsListen, w.ready())
		if err != nil {
			return err
		}
		defer stop()
	}
	ctx, cancel := context.WithCancel(ctx)
	var beside sync.WaitGroup
	defer beside.Wait()
	defer cancel()
	beside.Go(func() { w.prepare(ctx) })
	return w.run(ctx)
}

// serveMetrics shows the registry, and whether all is well, over HTTP until
// stop is called.
func (n *node) serveMetrics(ctx context.Context, addr string, checks []api.Check) (stop func(), err error) {
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("serving metrics on %s: %w", addr, err)
	}
	n.log.Info("metrics served", "addr", ln.Addr())
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(n.registry, promhttp.HandlerOpts{}))
	readiness := api.NewReadiness(n.log, checks...)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		answerHealth(w, http.StatusOK, "ok")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if failed := readiness.Failed(r.Context()); len(failed) > 0 {
			answerHealth(w, http.StatusServiceUnavailable, "not well: "+strings.Join(failed, ", "))
			return
		}
		answerHealth(w, http.StatusOK, "ok")
	})
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	n.background.Go(func() {
		if err := s.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			n.log.Error("serving metrics ended", "err", err)
		}
	})
	return func() { _ = s.Close() }, nil
}

// answerHealth writes the answer to a health check. Nobody is left to tell when
// that fails.
func answerHealth(w http.ResponseWriter, code int, status string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]string{"status": status})
}
