package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store"
	"github.com/docketjudge/docket/sandbox/byhand"
)

// bench is a running docket and, for the other side, shells in containers.
type bench struct {
	base  string
	slots int
	hand  *byhand.Host
	end   []func() // in reverse order
}

// benchRedis connects to a Redis, or starts one that is gone after the bench.
func benchRedis(ctx context.Context, url string) (string, func(), error) {
	if url != "" {
		return url, func() {}, refuseUsed(ctx, url)
	}
	path, err := exec.LookPath("redis-server")
	if err != nil {
		return "", nil, fmt.Errorf("the bench needs a real Redis: install redis-server, or name one with --redis: %w", err)
	}
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("finding a port for redis: %w", err)
	}
	port := ln.Addr().(*net.TCPAddr).Port //nolint:forcetypeassert // it was asked for tcp
	_ = ln.Close()
	dir, err := os.MkdirTemp("", "docket-bench-")
	if err != nil {
		return "", nil, err
	}
	cmd := exec.CommandContext(ctx, path, "--port", strconv.Itoa(port), "--bind", "127.0.0.1",
		"--dir", dir, "--appendonly", "yes", "--appendfsync", "everysec", "--save", "")
	if err := cmd.Start(); err != nil {
		return "", nil, fmt.Errorf("starting redis-server: %w", err)
	}
	stop := func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = os.RemoveAll(dir)
	}
	addr := "127.0.0.1:" + strconv.Itoa(port)
	for {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
		if err == nil {
			_ = conn.Close()
			return "redis://" + addr, stop, nil
		}
		select {
		case <-ctx.Done():
			stop()
			return "", nil, fmt.Errorf("waiting for redis-server: %w", ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// refuseUsed makes sure that a Redis holds nothing: the bench leaves waiting
// submissions behind that somebody's workers would judge.
func refuseUsed(ctx context.Context, url string) error {
	db, err := store.Connect(url)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // only read
	n, err := db.DBSize(ctx).Result()
	if err != nil {
		return fmt.Errorf("looking into the Redis of --redis: %w", err)
	}
	if n > 0 {
		return &exitError{code: exitUsage, err: fmt.Errorf("--redis: it holds %d keys; the bench fills queues, so give it an empty Redis, or none", n)}
	}
	return nil
}

// openBench starts API and worker as docket up does.
func openBench(ctx context.Context, url string, slots int, langs []judge.Language, progress io.Writer) (*bench, error) {
	b := &bench{}
	if err := b.open(ctx, url, slots, langs, progress); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func (b *bench) open(ctx context.Context, url string, slots int, langs []judge.Language, progress io.Writer) error {
	var err error
	if b.hand, err = byhand.Open(ctx, progress); err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(progress, &slog.HandlerOptions{Level: slog.LevelWarn}))
	n, err := openNode(ctx, storeFlags{Redis: url, Retention: time.Hour, RunRetention: time.Hour}, log)
	if err != nil {
		return err
	}
	b.end = append(b.end, n.close)
	w, err := n.openWorker(ctx, workerFlags{
		Slots: slots, Languages: langs, BoxReuse: true, ArtifactCache: 32, DrainTimeout: 30 * time.Second,
		HostFactor: 1, // measuring would be measured
	}, catalogFlags{})
	if err != nil {
		return err
	}
	b.end = append(b.end, w.close)
	if w.catalog, err = openCatalog([]fs.FS{benchProblem()}, "", w.sandbox); err != nil {
		return err
	}
	b.slots = w.sandbox.Slots()

	serving, stop := context.WithCancel(ctx)
	var halves sync.WaitGroup
	listening := make(chan net.Addr, 1)
	failed := make(chan error, 2)
	halves.Go(func() {
		failed <- n.serveAPI(serving, apiFlags{Listen: "127.0.0.1:0"}, w.catalog, w.sandbox.Toolchain, nil,
			func(a net.Addr) { listening <- a })
	})
	halves.Go(func() { failed <- w.run(serving) })
	b.end = append(b.end, func() { stop(); halves.Wait() })
	select {
	case a := <-listening:
		b.base = "http://" + a.String()
	case err := <-failed:
		return errors.Join(errors.New("starting docket for the bench"), err)
	}
	_, _ = fmt.Fprintln(progress, "warming boxes ...")
	return w.sandbox.Warm(ctx)
}

func (b *bench) close() {
	for _, end := range slices.Backward(b.end) {
		end()
	}
}

// sample is one submission as the client saw it.
type sample struct {
	took   time.Duration
	report judge.Report
}

// submit sends a fresh source and waits for its report.
func (b *bench) submit(ctx context.Context, lang judge.Language) (sample, error) {
	body, err := json.Marshal(map[string]any{
		"problem": "bench-sum", "language": lang, "files": []judge.File{benchSource(lang, uuid.NewString())},
	})
	if err != nil {
		return sample{}, err
	}
	begin := time.Now()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, b.base+"/v1/submissions?wait=60s", bytes.NewReader(body))
	if err != nil {
		return sample{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return sample{}, err
	}
	defer resp.Body.Close() //nolint:errcheck // only read
	text, err := io.ReadAll(resp.Body)
	took := time.Since(begin)
	if err != nil {
		return sample{}, err
	}
	var r judge.Report
	if err := json.Unmarshal(text, &r); err != nil {
		return sample{}, fmt.Errorf("reading a report (%s): %w", resp.Status, err)
	}
	if r.Verdict != judge.AC || len(r.Tests) != benchTests {
		return sample{}, fmt.Errorf("a correct solution got %s %q with %d tests: %s", resp.Status, r.Verdict, len(r.Tests), text)
	}
	return sample{took: took, report: r}, nil
}

// measure puts both sides through the same work, in turns.
func (b *bench) measure(ctx context.Context, lang judge.Language, count int) (*benchLanguage, error) {
	shells := make([]*byhand.Shell, 0, b.slots)
	defer func() {
		for _, s := range shells {
			s.Close()
		}
	}()
	for range b.slots {
		s, err := b.hand.Start(ctx)
		if err != nil {
			return nil, err
		}
		shells = append(shells, s)
		if _, _, err := s.Run(byHandSetup(lang)); err != nil {
			return nil, err
		}
		if _, err := b.submit(ctx, lang); err != nil { // warms this side too
			return nil, err
		}
	}
	var (
		samples []sample
		hand    []time.Duration
	)
	for range count {
		s, err := b.submit(ctx, lang)
		if err != nil {
			return nil, err
		}
		samples = append(samples, s)
		_, took, err := shells[0].Run(byHandScript(lang, benchSource(lang, uuid.NewString())))
		if err != nil {
			return nil, err
		}
		hand = append(hand, took)
	}
	l := summarise(samples)
	var sum time.Duration
	for _, s := range samples {
		sum += s.took
	}
	l.One = pairOf(median(samples, func(s sample) time.Duration { return s.took }),
		median(hand, func(d time.Duration) time.Duration { return d }), sum, count)

	// The two sides in turns of a few, all slots busy within a turn.
	var docketTime, handTime time.Duration
	turns, per := 4, max(count/4, 1)*b.slots
	for range turns {
		took, err := together(b.slots, per, func(int) error {
			_, err := b.submit(ctx, lang)
			return err
		})
		if err != nil {
			return nil, err
		}
		docketTime += took
		took, err = together(b.slots, per, func(client int) error {
			_, _, err := shells[client].Run(byHandScript(lang, benchSource(lang, uuid.NewString())))
			return err
		})
		if err != nil {
			return nil, err
		}
		handTime += took
	}
	n := turns * per
	l.N = pairOf(docketTime/time.Duration(n), handTime/time.Duration(n), docketTime, n)
	return l, nil
}

// together does n pieces of work by some clients and returns the elapsed time.
func together(clients, n int, work func(client int) error) (time.Duration, error) {
	var wg sync.WaitGroup
	errs := make([]error, clients)
	begin := time.Now()
	for client := range clients {
		wg.Go(func() {
			for i := client; i < n && errs[client] == nil; i += clients {
				errs[client] = work(client)
			}
		})
	}
	wg.Wait()
	return time.Since(begin), errors.Join(errs...)
}

// summarise takes the median of every step.
func summarise(samples []sample) *benchLanguage {
	step := func(f func(judge.Steps) int64) int64 {
		return median(samples, func(s sample) int64 { return f(s.report.Timing.Steps) })
	}
	l := &benchLanguage{Steps: judge.Steps{
		Queue: step(func(s judge.Steps) int64 { return s.Queue }),
		Slot:  step(func(s judge.Steps) int64 { return s.Slot }),
		Build: step(func(s judge.Steps) int64 { return s.Build }),
		Box:   step(func(s judge.Steps) int64 { return s.Box }),
		Tests: step(func(s judge.Steps) int64 { return s.Tests }),
		Own:   step(func(s judge.Steps) int64 { return s.Own }),
		Check: step(func(s judge.Steps) int64 { return s.Check }),
		Store: step(func(s judge.Steps) int64 { return s.Store }),
	}}
	l.HTTP = median(samples, func(s sample) int64 {
		t := s.report.Timing.Steps
		return s.took.Microseconds() - t.Queue - t.Slot - t.Build - t.Box - t.Tests - t.Check - t.Store
	})
	l.PerTestOverhead = float64(step(func(s judge.Steps) int64 { return s.Tests + s.Check - s.Own })) / benchTests / 1000
	return l
}

func median[T any, N int64 | time.Duration](list []T, f func(T) N) N {
	values := make([]N, 0, len(list))
	for _, v := range list {
		values = append(values, f(v))
	}
	slices.Sort(values)
	return values[len(values)/2]
}
