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
	"github.com/redis/go-redis/v9"
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
	catalog, err := catalogFlags{}.open(nil)
	if err != nil {
		return nil, err
	}
	serving, stop := context.WithCancel(ctx)
	var server sync.WaitGroup
	listening := make(chan net.Addr, 1)
	failed := make(chan error, 1)
	server.Go(func() {
		failed <- n.serveAPI(serving, apiFlags{Listen: "127.0.0.1:0"}, catalog, nil, nil, func(a net.Addr) { listening <- a })
	})
	defer server.Wait()
	defer stop()
	var base string
	select {
	case a := <-listening:
		base = "http://" + a.String()
	case err := <-failed:
		return nil, err
	}

	body, err := json.Marshal(map[string]any{
		"problem": "log-top-k", "language": judge.Python, "source": benchSource(judge.Python, "accept").Content,
	})
	if err != nil {
		return nil, err
	}
	client := &fasthttp.Client{MaxConnsPerHost: acceptClients}
	defer client.CloseIdleConnections()
	latencies := make([][]time.Duration, acceptClients)
	post := func(lane int) error {
		req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
		defer fasthttp.ReleaseRequest(req)
		defer fasthttp.ReleaseResponse(resp)
		req.Header.SetMethod(fasthttp.MethodPost)
		req.Header.SetContentType("application/json")
		req.SetRequestURI(base + "/v1/submissions")
		req.SetBodyRaw(body)
		begin := time.Now()
		if err := client.Do(req, resp); err != nil {
			return err
		}
		latencies[lane] = append(latencies[lane], time.Since(begin))
		if resp.StatusCode() != fasthttp.StatusAccepted {
			return fmt.Errorf("the API answered %d: %s", resp.StatusCode(), resp.Body())
		}
		return nil
	}
	// As any program enqueues: without the batching of concurrent callers that
	// Docket's own client has.
	bare := queue.NewClient(struct{ redis.UniversalClient }{n.store.Client()})
	enqueue := func(int) error {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		return bare.Enqueue(ctx, judge.SubmissionID(id.String()), 1, judge.Default)
	}

	// In turns, so that drift of the host hits both.
	const turns = 4
	var docketTime, enqueueTime time.Duration
	for range turns {
		took, err := together(acceptClients, count/turns, post)
		if err != nil {
			return nil, fmt.Errorf("measuring acceptance: %w", err)
		}
		docketTime += took
		if took, err = together(acceptClients, count/turns, enqueue); err != nil {
			return nil, fmt.Errorf("measuring enqueues: %w", err)
		}
		enqueueTime += took
	}
	all := slices.Concat(latencies...)
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
