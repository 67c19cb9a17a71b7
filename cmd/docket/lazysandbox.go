package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/hostspeed"
	"github.com/docketjudge/docket/sandbox"
)

// lazySandbox opens the engine when the first slot is wanted: packages that
// are refused, or have nothing to run, need none.
type lazySandbox struct {
	flags *workerFlags
	open  func() (*sandbox.Docker, error)
	log   *slog.Logger

	once   sync.Once
	docker *sandbox.Docker
	err    error
}

// openLazily judges like a worker with those flags, which may be changed until
// the first slot is wanted.
func openLazily(ctx context.Context, log *slog.Logger, flags *workerFlags) *lazySandbox {
	return &lazySandbox{flags: flags, log: log, open: func() (*sandbox.Docker, error) {
		if err := flags.AfterApply(); err != nil {
			return nil, usageError("%w", err)
		}
		flags.ArtifactCache = 32
		return flags.sandbox(ctx, sandbox.WorkerID(), "", log)
	}}
}

// Acquire waits for a free slot.
func (l *lazySandbox) Acquire(ctx context.Context) (judge.Slot, error) {
	l.once.Do(func() { l.docker, l.err = l.open() })
	if l.err != nil {
		return nil, l.err
	}
	return l.docker.Acquire(ctx)
}

// hostFactor returns what time limits are multiplied by: --host-factor, or what
// this host measures, once per language and run. A worker keeps the figures
// between runs; this does not, so that an author is told of the host as it is
// now.
func (l *lazySandbox) hostFactor() (judge.HostFactor, error) {
	if err := l.flags.AfterApply(); err != nil {
		return nil, usageError("%w", err)
	}
	if fixed := l.flags.HostFactor; fixed > 0 {
		return judge.FixedFactor(fixed), nil
	}
	gauge, err := hostspeed.NewGauge(hostspeed.GaugeConfig{Sandbox: l, Log: l.log})
	if err != nil {
		return nil, err
	}
	return gauge.Factor, nil
}

func (l *lazySandbox) close() {
	l.once.Do(func() { l.err = errors.New("the sandbox is closed") })
	if l.docker == nil {
		return
	}
	if err := l.docker.Close(); err != nil {
		l.log.Warn("closing sandbox", "err", err)
	}
}
