package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/docketjudge/docket/api"
	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
	"github.com/docketjudge/docket/judge/queue"
	"github.com/docketjudge/docket/judge/store"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/sandbox"
)

// node is what a process of docket is put together from: the state in Redis,
// and beside it an API, a worker, or both.
type node struct {
	log      *slog.Logger
	store    *store.Store
	tasks    *queue.Client
	registry *prometheus.Registry

	// background holds what runs until the process ends; stop ends it.
	background sync.WaitGroup
	stop       context.CancelFunc
}

// openNode connects to Redis and starts what every process runs: the
// subscription that wakes waiters, and the sweeper.
func openNode(ctx context.Context, f storeFlags, log *slog.Logger) (*node, error) {
	store.LogTo(log)
	db, err := store.Open(f.Redis, store.Config{Retention: f.Retention, RunRetention: f.RunRetention, Log: log})
	if err != nil {
		return nil, err
	}
	ping, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := db.Ping(ping); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("redis does not answer; is it running, and is --redis right? %w", err)
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	n := &node{log: log, store: db, tasks: queue.NewClient(db.Client()), registry: prometheus.NewRegistry(), stop: stop}
	n.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	n.background.Go(func() {
		if err := db.Run(background); err != nil {
			log.Error("listening to redis ended", "err", err)
		}
	})
	n.background.Go(func() { db.RunSweeper(background, n.tasks) })
	return n, nil
}

// close ends the background work. API and worker must have ended.
func (n *node) close() {
	n.stop()
	n.background.Wait()
	if err := n.store.Close(); err != nil {
		n.log.Warn("closing redis", "err", err)
	}
}

// serveAPI answers HTTP requests until ctx ends.
func (n *node) serveAPI(ctx context.Context, f apiFlags, catalog *catalog, toolchain func(judge.Language) string, ready []api.Check, started func(net.Addr)) error {
	server, err := api.New(api.Config{
		Store: n.store, Queue: n.tasks, Problems: apiProblems{catalog},
		Toolchain: toolchain, Depths: n.depths,
		Ready:      append([]api.Check{{Name: "redis", Run: n.store.Ping}}, ready...),
		Log:        n.log,
		Registerer: n.registry, Gatherer: n.registry,
		Version: thisBuild().Version, RequireKeys: f.RequireKeys, OpenMetrics: f.OpenMetrics,
		KeyQuota: f.quota(), MaxPending: f.MaxPending, MaxPendingBytes: judge.Bytes(f.MaxPendingMiB) * judge.MiB,
		MaxConns: f.MaxConns, MaxConnsPerAddress: f.MaxConnsPerAddress, MaxWaiting: f.MaxWaiting, AllowOrigins: f.AllowOrigins, AllowHosts: f.hosts(),
	})
	if err != nil {
		return err
	}
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", f.Listen)
	if err != nil {
		return fmt.Errorf("listening on %s: %w", f.Listen, err)
	}
	n.log.Info("api started", "addr", ln.Addr())
	if started != nil {
		started(ln.Addr())
	}
	return server.Serve(ctx, ln)
}

// depths joins what the queue and the store know of how full the queues are.
func (n *node) depths(ctx context.Context) ([]api.Depth, error) {
	counted, err := n.tasks.Depths(ctx)
	if err != nil {
		return nil, err
	}
	waiting, _, err := n.store.Depth(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]api.Depth, 0, len(counted))
	for _, c := range counted {
		// The store knows what waits: the queue may hold what was cancelled.
		d := api.Depth{Queue: c.Queue, Running: c.Active}
		if i := slices.IndexFunc(waiting, func(w store.QueueDepth) bool { return w.Queue == c.Queue }); i >= 0 {
			d.Pending, d.Oldest = int(waiting[i].Waiting), waiting[i].Oldest
		}
		out = append(out, d)
	}
	return out, nil
}

// worker is the judging half of a process.
type worker struct {
	node    *node
	id      string
	flags   workerFlags
	sandbox *sandbox.Docker
	catalog *catalog
	speed   *hostSpeed
	queue   *queue.Server
	breaker *judging.Breaker
	started time.Time
}

// openWorker opens the sandbox and the catalogue. Boxes warm up behind it.
func (n *node) openWorker(ctx context.Context, f workerFlags, c catalogFlags) (*worker, error) {
	w := &worker{node: n, id: sandbox.WorkerID(), flags: f, started: time.Now()}
	deployment, err := n.store.Deployment(ctx)
	if err != nil {
		return nil, err
	}
	if w.sandbox, err = f.sandbox(ctx, w.id, deployment, n.log); err != nil {
		return nil, err
	}
	if err := w.assemble(ctx, c); err != nil {
		_ = w.sandbox.Close()
		return nil, err
	}
	return w, nil
}

// assemble puts together what stands between the queue and the sandbox.
func (w *worker) assemble(ctx context.Context, c catalogFlags) (err error) {
	n := w.node
	if w.catalog, err = c.open(w.sandbox); err != nil {
		return err
	}
	if w.speed, err = openHostSpeed(ctx, w.flags, w.sandbox, n.log); err != nil {
		return err
	}
	judger := judging.New(judging.Config{
		Sandbox: w.sandbox, Problems: workerProblems{w.catalog}, Toolchain: w.sandbox.Toolchain,
		HostFactor: w.speed.factor, Healthy: w.healthy, Log: n.log,
	})
	w.breaker = judging.NewBreaker(judging.BreakerConfig{
		Check: w.check,
		Pause: func() { w.queue.Pause() }, Resume: func() { w.queue.Resume() },
		Log: n.log,
	})
	metrics := newWorkerMetrics(n.registry, w.sandbox.Stats, w.speed, w.breaker)
	handler := judging.NewWorker(judging.WorkerConfig{
		ID: w.id, Ledger: n.store, Judge: judger, Observe: metrics.observe, Outage: w.breaker.Trip, Log: n.log,
	})
	w.queue, err = queue.NewServer(queue.Config{
		Redis: n.store.Client(), Slots: w.sandbox.Slots(), PollInterval: w.flags.PollInterval, Log: n.log,
		Handler: handler.Handle,
	})
	return err
}

// check makes sure that the worker can judge, boxes made anew where they died.
func (w *worker) check(ctx context.Context) error {
	if err := w.healthy(ctx); err != nil {
		return err
	}
	return w.sandbox.Recover(ctx)
}

// healthy makes sure that there is room on the worker's own disks: for generated
// tests, and for one output of the default limit in each slot.
func (w *worker) healthy(ctx context.Context) error {
	if err := w.catalog.forge.Healthy(); err != nil {
		return err
	}
	dir, need := os.TempDir(), judge.DefaultOutput*judge.Bytes(w.sandbox.Slots())
	free, err := freeDisk(dir)
	if err != nil {
		return fmt.Errorf("directory of outputs: %w", err)
	}
	if free < need {
		return fmt.Errorf("no room for outputs in %s: %s are free, %s needed; make room, or let TMPDIR name another directory", dir, free, need)
	}
	return nil
}

// ready are the checks of /readyz.
func (w *worker) ready() []api.Check {
	return []api.Check{
		{Name: "sandbox", Run: w.sandbox.Ping},
		{Name: "worker", Run: func(context.Context) error { return w.breaker.Outage() }},
	}
}

// run judges until ctx ends, then drains: judgings under way may finish
// within the drain timeout and are handed back after it.
func (w *worker) run(ctx context.Context) error {
	n := w.node
	// The heartbeat goes on while the queue drains: what still runs is ours.
	beating, stopBeating := context.WithCancel(context.WithoutCancel(ctx))
	var beside sync.WaitGroup
	beside.Go(func() { n.store.KeepAlive(beating, w.info) })
	beside.Go(func() { w.reaper().run(beating) })
	beside.Go(func() { w.breaker.Run(beating) })
	defer beside.Wait()
	defer stopBeating()

	if err := w.queue.Start(); err != nil {
		return err
	}
	defer w.queue.Close()
	n.log.Info("worker started", "worker", w.id, "slots", w.sandbox.Slots())
	beside.Go(func() { w.speed.measure(ctx) })
	<-ctx.Done()
	n.log.Info("draining", "timeout", w.flags.DrainTimeout)
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), w.flags.DrainTimeout)
	defer cancel()
	if err := w.queue.Drain(drain); err != nil {
		n.log.Warn("judgings are handed back", "err", err)
	}
	return nil
}

// slowPreparation is from when on making tests is worth a word.
const slowPreparation = time.Second

// prepare makes the generated tests of the catalogue that this host lacks, so
// that no submission waits for them, until ctx ends. It takes one slot at a
// time, problem by problem.
func (w *worker) prepare(ctx context.Context) {
	began := time.Now()
	err := w.catalog.Prepare(ctx)
	took := time.Since(began).Round(time.Millisecond)
	switch {
	case ctx.Err() != nil: // what is missing is made when it is needed
	case err != nil:
		w.node.log.Warn("making generated tests", "took", took, "err", err)
	case took >= slowPreparation:
		w.node.log.Info("generated tests made", "took", took)
	}
}

// close removes the boxes.
func (w *worker) close() {
	if err := w.sandbox.Close(); err != nil {
		w.node.log.Warn("closing sandbox", "err", err)
	}
}

func (w *worker) info() store.Worker {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	s := w.sandbox.Stats()
	outage := ""
	if err := w.breaker.Outage(); err != nil {
		outage = err.Error()
	}
	return store.Worker{
		ID: w.id, Host: host, Slots: s.Slots, Busy: s.Slots - s.FreeSlots,
		Languages: judge.Languages(), Version: thisBuild().Version, Started: w.started, Outage: outage,
	}
}

// apiProblems shows the catalogue to the API.
type apiProblems struct{ *catalog }

func (p apiProblems) List(ctx context.Context, q api.ProblemQuery) ([]api.ProblemSummary, string, error) {
	list, next, err := p.Catalog.List(ctx, problems.Query(q))
	if err != nil {
		return nil, "", err
	}
	out := make([]api.ProblemSummary, 0, len(list))
	for _, s := range list {
		out = append(out, api.ProblemSummary(s))
	}
	return out, next, nil
}

// Problem shows a problem without making its tests, which is for workers.
func (p apiProblems) Problem(ctx context.Context, slug judge.Slug) (*judge.Problem, error) {
	if slug == selfCheckSlug {
		return selfCheckProblem()
	}
	pkg, err := p.Package(ctx, slug)
	if err != nil {
		return nil, err
	}
	return pkg.Problem, nil
}

// workerProblems is the catalogue as a worker judges it.
type workerProblems struct{ *catalog }

// Problem finds a problem with all its tests in place.
func (p workerProblems) Problem(ctx context.Context, slug judge.Slug) (*judge.Problem, error) {
	if slug == selfCheckSlug {
		return selfCheckProblem()
	}
	return p.Catalog.Problem(ctx, slug)
}
