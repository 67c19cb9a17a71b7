package main

import (
	"context"
	"fmt"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// embeddedRedis is a Redis in this process's memory, for trying Docket out.
// Nothing in it survives the process.
type embeddedRedis struct{ server *miniredis.Miniredis }

// clockTick is how far the embedded server's clock may lag: it expires keys
// only when it is told that time has passed.
const clockTick = 100 * time.Millisecond

func startEmbeddedRedis() (*embeddedRedis, error) {
	m := miniredis.NewMiniRedis()
	if err := m.StartAddr("127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("starting the embedded Redis: %w", err)
	}
	return &embeddedRedis{server: m}, nil
}

func (e *embeddedRedis) url() string { return "redis://" + e.server.Addr() }

// run ticks the clock until ctx ends.
func (e *embeddedRedis) run(ctx context.Context) {
	ticker := time.NewTicker(clockTick)
	defer ticker.Stop()
	last := time.Now()
	for {
		select {
		case now := <-ticker.C:
			e.server.FastForward(now.Sub(last))
			last = now
		case <-ctx.Done():
			return
		}
	}
}

func (e *embeddedRedis) close() { e.server.Close() }
