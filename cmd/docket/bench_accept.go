package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/valyala/fasthttp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/queue"
)

// acceptClients is how many connections send submissions at once.
const acceptClients = 64

// benchAcceptance measures how fast submissions are accepted while nobody
// judges them, and how fast the queue alone takes the same number of tasks.
// What it leaves in Redis expires or is removed by the caller with the server.
func benchAcceptance(ctx context.Context, url string, count int) (*benchAccept, error) {
	n, err := openNode(ctx, storeFlags{Redis: url, Retention: time.Hour, RunRetention: time.Hour}, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	defer n.close()
	base, stop, err := serveAlone(ctx, n)
	if err != nil {
		return nil, err
	}
	defer stop()
	poster, err := newPoster(base)
	if err != nil {
		return nil, err
	}
	defer poster.client.CloseIdleConnections()
	enqueue := enqueuer(ctx, n)

	// In turns, so that drift of the host hits both.
	const turns = 4
	var docketTime, enqueueTime time.Duration
	for range turns {
		took, err := together(acceptClients, count/turns, poster.post)
		if err != nil {
			return nil, fmt.Errorf("measuring acceptance: %w", err)
		}
		docketTime += took
		if took, err = together(acceptClients, count/turns, enqueue); err != nil {
			return nil, fmt.Errorf("measuring enqueues: %w", err)
		}
		enqueueTime += took
	}
	all := slices.Concat(poster.latencies...)
	if len(all) == 0 {
		return nil, errors.New("measuring acceptance: --accept is too small")
	}
	slices.Sort(all)
	total := float64(count / turns * turns)
	a := &benchAccept{
		Docket: total / docketTime.Seconds(), Enqueue: total / enqueueTime.Seconds(),
		P99: millis(all[len(all)*99/100]),
	}
	a.Ratio = a.Docket / a.Enqueue
	return a, nil
}

// serveAlone serves the API without a worker until stop is called.
func serveAlone(ctx context.Context, n *node) (base string, stop func(), err error) {
	catalog, err := catalogFlags{}.open(nil)
	if err != nil {
		return "", nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	var server sync.WaitGroup
	listening := make(chan net.Addr, 1)
	failed := make(chan error, 1)
	server.Go(func() {
		failed <- n.serveAPI(ctx, apiFlags{Listen: "127.0.0.1:0"}, catalog, nil, nil, func(a net.Addr) { listening <- a })
	})
	stop = func() {
		cancel()
		server.Wait()
	}
	select {
	case a := <-listening:
		return "http://" + a.String(), stop, nil
	case err := <-failed:
		stop()
		return "", nil, err
	}
}

// poster submits the same program over and over.
type poster struct {
	client    *fasthttp.Client
	uri       string
	body      []byte
	latencies [][]time.Duration // by client
}

func newPoster(base string) (*poster, error) {
	body, err := json.Marshal(map[string]any{
		"problem": "log-top-k", "language": judge.Python, "source": benchSource(judge.Python, "accept").Content,
	})
	return &poster{
		client: &fasthttp.Client{MaxConnsPerHost: acceptClients}, uri: base + "/v1/submissions", body: body,
		latencies: make([][]time.Duration, acceptClients),
	}, err
}

func (p *poster) post(client int) error {
	req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(resp)
	req.Header.SetMethod(fasthttp.MethodPost)
	req.Header.SetContentType("application/json")
	req.SetRequestURI(p.uri)
	req.SetBodyRaw(p.body)
	begin := time.Now()
	if err := p.client.Do(req, resp); err != nil {
		return err
	}
	p.latencies[client] = append(p.latencies[client], time.Since(begin))
	if resp.StatusCode() != fasthttp.StatusAccepted {
		return fmt.Errorf("the API answered %d: %s", resp.StatusCode(), resp.Body())
	}
	return nil
}

// enqueuer enqueues as any program does: without the batching of concurrent
// callers that Docket's own client has.
func enqueuer(ctx context.Context, n *node) func(client int) error {
	bare := queue.NewPlainClient(n.store.Client())
	return func(int) error {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		return bare.Enqueue(ctx, judge.SubmissionID(id.String()), 1, judge.Default)
	}
}
