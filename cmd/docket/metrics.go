package main

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/judging"
	"github.com/docketjudge/docket/sandbox"
)

// workerMetrics counts what a worker does. The API has metrics of its own.
type workerMetrics struct {
	verdicts *prometheus.CounterVec
	queued   *prometheus.HistogramVec
	build    *prometheus.HistogramVec
	test     *prometheus.HistogramVec
	judging  *prometheus.HistogramVec
}

func newWorkerMetrics(r prometheus.Registerer, stats func() sandbox.Stats, speed *hostSpeed, breaker *judging.Breaker) *workerMetrics {
	seconds := func(name, help string, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: name, Help: help, Buckets: prometheus.ExponentialBuckets(0.002, 2, 14),
		}, labels)
	}
	m := &workerMetrics{
		verdicts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "docket_judgings_total",
			Help: "Finished judgings. The verdict JE counts our own failures.",
		}, []string{"language", "verdict"}),
		queued:  seconds("docket_queued_seconds", "From acceptance to the start of the judging.", "language"),
		build:   seconds("docket_build_seconds", "Compilation, cached builds left out.", "language"),
		test:    seconds("docket_test_seconds", "Elapsed time of one test's program.", "language"),
		judging: seconds("docket_judging_seconds", "From the start of a judging to its report.", "language"),
	}
	r.MustRegister(m.verdicts, m.queued, m.build, m.test, m.judging, boxCollector{stats, speed})
	r.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "docket_worker_outage",
		Help: "1 while this worker takes no judgings because it cannot judge anything: no engine, no image, no room on the disk.",
	}, func() float64 {
		if breaker.Outage() != nil {
			return 1
		}
		return 0
	}), prometheus.NewCounterFunc(prometheus.CounterOpts{
		Name: "docket_worker_outages_total", Help: "How often this worker stopped taking judgings because of that.",
	}, func() float64 { return float64(breaker.Outages()) }))
	// Series exist from the start, so that an alert on JE sees its first one.
	for _, l := range judge.Languages() {
		for _, v := range judge.Verdicts() {
			m.verdicts.WithLabelValues(string(l), string(v))
		}
	}
	return m
}

// observe takes a finished report into account.
func (m *workerMetrics) observe(r judge.Report) {
	lang := string(r.Language)
	if r.Rejected == "" {
		m.verdicts.WithLabelValues(lang, string(r.Verdict)).Inc()
	}
	m.queued.WithLabelValues(lang).Observe(seconds(r.Timing.QueuedMillis))
	m.judging.WithLabelValues(lang).Observe(seconds(r.Timing.JudgeMillis))
	if r.Compile != nil && !r.Compile.Cached {
		m.build.WithLabelValues(lang).Observe(seconds(r.Compile.Millis))
	}
	for _, t := range r.Tests {
		m.test.WithLabelValues(lang).Observe(seconds(t.WallMillis))
	}
}

func seconds(millis int64) float64 {
	return (time.Duration(millis) * time.Millisecond).Seconds()
}

// boxCollector turns a sandbox's own counts, and what is known of its host,
// into metrics when asked.
type boxCollector struct {
	stats func() sandbox.Stats
	speed *hostSpeed
}

var (
	descSlots     = prometheus.NewDesc("docket_slots", "Slots of this worker, by state; one judges one submission at a time.", []string{"state"}, nil)
	descWarm      = prometheus.NewDesc("docket_boxes_warm", "Boxes ready to be leased.", []string{"role"}, nil)
	descCreated   = prometheus.NewDesc("docket_boxes_created_total", "Boxes made.", nil, nil)
	descLeases    = prometheus.NewDesc("docket_box_leases_total", "Leases of boxes.", nil, nil)
	descDestroyed = prometheus.NewDesc("docket_boxes_destroyed_total",
		"Boxes removed: retired (worn or surplus), no_reuse (reuse is off), dirty (not provably clean), died.", []string{"cause"}, nil)
	descRuns   = prometheus.NewDesc("docket_runs_total", "Programs run in boxes.", nil, nil)
	descFactor = prometheus.NewDesc("docket_host_factor",
		"What time limits are multiplied by, because the host is slower than the one that they were found on.", []string{"language"}, nil)
	descMoves = prometheus.NewDesc("docket_host_factor_moves_total",
		"How often the host was found to run programs at another speed than before, by more than 15 %.", []string{"language"}, nil)
	descCache = prometheus.NewDesc("docket_artifact_cache_total", "Look-ups of built artifacts.", []string{"result"}, nil)
)

func (boxCollector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{descSlots, descWarm, descCreated, descLeases, descDestroyed, descRuns, descFactor, descMoves, descCache} {
		ch <- d
	}
}

func (c boxCollector) Collect(ch chan<- prometheus.Metric) {
	s := c.stats()
	gauge := func(d *prometheus.Desc, v int, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(v), labels...)
	}
	count := func(d *prometheus.Desc, v int64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(v), labels...)
	}
	gauge(descSlots, s.FreeSlots, "free")
	gauge(descSlots, s.Slots-s.FreeSlots, "busy")
	for role, n := range s.Warm {
		gauge(descWarm, n, role)
	}
	count(descCreated, s.Created)
	count(descLeases, s.Leases)
	for cause, n := range s.Destroyed {
		count(descDestroyed, n, cause)
	}
	count(descRuns, s.Runs)
	for _, l := range judge.Languages() {
		ch <- prometheus.MustNewConstMetric(descFactor, prometheus.GaugeValue, c.speed.now(l), string(l))
		count(descMoves, int64(c.speed.moves(l)), string(l))
	}
	count(descCache, s.CacheHits, "hit")
	count(descCache, s.CacheMisses, "miss")
}
