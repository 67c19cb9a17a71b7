package queue

import (
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// logger passes Asynq's messages on to slog, one level lower: what matters of
// them is logged by Docket itself in its own words. While Redis is away
// several loops complain each second; one line a minute is kept.
type logger struct {
	log *slog.Logger

	mu      sync.Mutex
	last    time.Time
	dropped int
}

// complainInterval is how often a complaint is let through.
const complainInterval = time.Minute

func (l *logger) Debug(args ...any) { l.log.Debug("asynq: " + fmt.Sprint(args...)) }
func (l *logger) Info(args ...any)  { l.log.Debug("asynq: " + fmt.Sprint(args...)) }
func (l *logger) Warn(args ...any)  { l.log.Debug("asynq: " + fmt.Sprint(args...)) }

func (l *logger) Error(args ...any) {
	l.mu.Lock()
	now := time.Now()
	if now.Sub(l.last) < complainInterval {
		l.dropped++
		l.mu.Unlock()
		return
	}
	dropped := l.dropped
	l.last, l.dropped = now, 0
	l.mu.Unlock()
	l.log.Warn("asynq: "+fmt.Sprint(args...), "complaints_left_out", dropped)
}

// Fatal is part of Asynq's interface and ends the process elsewhere; its
// server never calls it, and only main may.
func (l *logger) Fatal(args ...any) { l.log.Error("asynq: " + fmt.Sprint(args...)) }
