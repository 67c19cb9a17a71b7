package judging_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge/judging"
)

func TestBreaker(t *testing.T) {
	var (
		mu      sync.Mutex
		done    []string
		checks  = make(chan error)
		resumed = make(chan struct{}, 1)
	)
	do := func(what string) {
		mu.Lock()
		defer mu.Unlock()
		done = append(done, what)
	}
	b := judging.NewBreaker(judging.BreakerConfig{
		Check: func(ctx context.Context) error {
			do("check")
			select {
			case err := <-checks:
				return err
			case <-ctx.Done():
				return ctx.Err()
			}
		},
		Pause:  func() { do("pause") },
		Resume: func() { do("resume"); resumed <- struct{}{} },
		Backoff: func(n int) time.Duration {
			do(fmt.Sprint("wait after relapse ", n+1))
			return 0
		},
		Log: slog.New(slog.DiscardHandler),
	})
	begin := time.Now()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); b.Run(ctx) }()
	if b.Outage() != nil {
		t.Error("an outage before any was seen")
	}
	for n := range int64(2) {
		b.Trip(time.Now(), errors.New("box gone"))
		b.Trip(time.Now(), errors.New("another box gone"))
		if b.Outage() == nil || b.Outages() != n+1 {
			t.Errorf("outage %v, the %dth", b.Outage(), b.Outages())
		}
		away := errors.New("no engine")
		checks <- away
		checks <- away
		if err := b.Outage(); !errors.Is(err, away) {
			t.Errorf("outage %v, want what the check found", err)
		}
		checks <- nil
		<-resumed
		b.Trip(begin, errors.New("what began before fails as well"))
		if b.Outage() != nil {
			t.Error("a straggler stopped the worker again")
		}
	}
	b.Trip(time.Now(), errors.New("box gone"))
	cancel() // amid a check
	<-ended
	if b.Outage() == nil {
		t.Error("a breaker that ended calls the worker well")
	}
	want := []string{
		"pause", "check", "check", "check", "resume",
		"pause", "wait after relapse 1", "check", "check", "check", "resume",
		"pause",
	}
	mu.Lock()
	defer mu.Unlock()
	if len(done) > len(want) {
		done = done[:len(want)] // what was begun before the end
	}
	if diff := cmp.Diff(want, done); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}
