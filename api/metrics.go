package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/docketjudge/docket/judge"
)

// metrics are what this package counts about itself.
type metrics struct {
	took     *prometheus.HistogramVec
	accepted *prometheus.CounterVec
}

func newMetrics(cfg Config) (*metrics, error) {
	m := &metrics{
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "docket_http_request_duration_seconds",
			Help:    "Time to answer a request, waiting for a report included; for event streams, time to begin.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 15, 60},
		}, []string{"route", "method", "code"}),
		accepted: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "docket_accepted_total",
			Help: "Submissions and runs that were accepted.",
		}, []string{"kind", "language"}),
	}
	for _, c := range []prometheus.Collector{m.took, m.accepted} {
		if err := cfg.Registerer.Register(c); err != nil {
			return nil, fmt.Errorf("registering the api's metrics: %w", err)
		}
	}
	if cfg.Depths != nil {
		err := cfg.Registerer.Register(depthCollector{depths: cfg.Depths, log: cfg.Log, within: cfg.RequestTimeout})
		// Several servers of one process share their queues.
		if !errors.As(err, new(prometheus.AlreadyRegisteredError)) && err != nil {
			return nil, fmt.Errorf("registering the queues' metrics: %w", err)
		}
	}
	return m, nil
}

func (m *metrics) observe(route, method string, status int, took time.Duration) {
	m.took.WithLabelValues(route, method, strconv.Itoa(status)).Observe(took.Seconds())
}

var (
	depthDesc = prometheus.NewDesc("docket_queue_depth",
		"Judgings in a queue: pending ones wait for a worker, running ones have one.", []string{"queue", "state"}, nil)
	ageDesc = prometheus.NewDesc("docket_queue_oldest_seconds",
		"How long the oldest pending judging of a queue has waited.", []string{"queue"}, nil)
	depthUp = prometheus.NewDesc("docket_queue_depth_up",
		"1 when the queues could be counted, else 0.", nil, nil)
)

// depthCollector asks for the depth of the queues whenever metrics are read.
type depthCollector struct {
	depths func(ctx context.Context) ([]Depth, error)
	log    *slog.Logger
	within time.Duration
}

func (c depthCollector) Describe(ch chan<- *prometheus.Desc) {
	ch <- depthDesc
	ch <- ageDesc
	ch <- depthUp
}

func (c depthCollector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), c.within)
	defer cancel()
	depths, err := c.depths(ctx)
	if err != nil {
		c.log.Warn("counting the queues for metrics", "err", err)
		ch <- prometheus.MustNewConstMetric(depthUp, prometheus.GaugeValue, 0)
		return
	}
	ch <- prometheus.MustNewConstMetric(depthUp, prometheus.GaugeValue, 1)
	// A queue that nobody has used yet is an empty one.
	all := make(map[judge.Queue]Depth, len(depths))
	for _, d := range depths {
		all[d.Queue] = d
	}
	for _, q := range judge.Queues() {
		d := all[q]
		ch <- prometheus.MustNewConstMetric(depthDesc, prometheus.GaugeValue, float64(d.Pending), string(q), "pending")
		ch <- prometheus.MustNewConstMetric(depthDesc, prometheus.GaugeValue, float64(d.Running), string(q), "running")
		ch <- prometheus.MustNewConstMetric(ageDesc, prometheus.GaugeValue, d.Oldest.Seconds(), string(q))
	}
}
