package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// workerCmd runs a worker alone.
type workerCmd struct {
	storeFlags
	catalogFlags
	workerFlags
	logFlags

	MetricsListen string `help:"Address on which to serve /metrics." placeholder:"ADDR"`
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
		stop, err := n.serveMetrics(ctx, c.MetricsListen)
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

// serveMetrics shows the registry over HTTP until stop is called.
func (n *node) serveMetrics(ctx context.Context, addr string) (stop func(), err error) {
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("serving metrics on %s: %w", addr, err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(n.registry, promhttp.HandlerOpts{}))
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	n.background.Go(func() {
		if err := s.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			n.log.Error("serving metrics ended", "err", err)
		}
	})
	return func() { _ = s.Close() }, nil
}
