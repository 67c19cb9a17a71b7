package judging

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/docketjudge/docket/judge"
)

// Config says what a Judge works with.
type Config struct {
	Sandbox  judge.Sandbox
	Problems judge.Catalog
	// Toolchain names the version of a language's toolchain for reports.
	// Optional.
	Toolchain func(judge.Language) string
	// HostFactor is asked before a slot is taken, because measuring takes a slot.
	// Limits that a client chose for a run of its own are not touched.
	// Defaults to 1.
	HostFactor judge.HostFactor
	// Healthy is asked after a failure that may be nobody's fault but the
	// host's: whether what a worker needs beside the sandbox is there, such as
	// room on a disk. Optional.
	Healthy func(context.Context) error
	// Log defaults to slog.Default().
	Log *slog.Logger
}

// Judge judges submissions. It is safe for concurrent use: as many judgings
// run at once as the sandbox has slots.
type Judge struct {
	config Config
	log    *slog.Logger
}

// New returns a Judge.
func New(c Config) *Judge {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Toolchain == nil {
		c.Toolchain = func(judge.Language) string { return "" }
	}
	if c.HostFactor == nil {
		c.HostFactor = judge.FixedFactor(1)
	}
	if c.Healthy == nil {
		c.Healthy = func(context.Context) error { return nil }
	}
	return &Judge{config: c, log: c.Log}
}

// Judge takes a submission through build and tests and returns the report. The
// caller fills in the report's identity and its timing in the queue. Emit is told
// of every step as the step happens. An error means that the judge failed, or that
// ctx ended. An error that wraps ErrOutage means that any other submission would
// have failed too.
func (j *Judge) Judge(ctx context.Context, sub judge.Submission, emit func(judge.Event)) (judge.Report, error) {
	begin := time.Now()
	var problem *judge.Problem
	if sub.Problem != "" {
		var err error
		if problem, err = j.config.Problems.Problem(ctx, sub.Problem); err != nil {
			return judge.Report{}, fmt.Errorf("judging %s: %w", sub.ID, j.blame(ctx, nil, sub.Language, err))
		}
	}
	factor := 0.0
	if problem != nil {
		var err error
		if factor, err = j.config.HostFactor(ctx, sub.Language); err != nil {
			err = j.blame(ctx, nil, sub.Language, fmt.Errorf("measuring the host: %w", err))
			if ctx.Err() == nil && !errors.Is(err, judge.ErrOutage) {
				err = fmt.Errorf("%w: %w", judge.ErrOutage, err) // it is not the submission's fault
			}
			return judge.Report{}, fmt.Errorf("judging %s: %w", sub.ID, err)
		}
	}
	slot, err := j.config.Sandbox.Acquire(ctx)
	if err != nil {
		return judge.Report{}, fmt.Errorf("judging %s: %w", sub.ID, err)
	}
	defer slot.Release()

	g := &attempt{judge: j, sub: sub, emit: emit, slot: slot}
	g.steps.Slot = since(begin)
	g.report = judge.Report{
		ID: sub.ID, Kind: sub.Kind, Problem: sub.Problem, Language: sub.Language, State: judge.StateDone,
		User: sub.User, Metadata: sub.Metadata, KeyID: sub.KeyID, Created: sub.Created,
		Toolchain: j.config.Toolchain(sub.Language), HostFactor: factor,
	}
	if problem != nil {
		g.report.Revision = problem.Revision
		g.report.Summary.Total = testsFor(problem, sub)
		emit(judge.Event{Kind: judge.EventRunning, Total: g.report.Summary.Total})
	} else {
		emit(judge.Event{Kind: judge.EventRunning})
	}
	if err := g.run(ctx, problem); err != nil {
		return judge.Report{}, fmt.Errorf("judging %s: %w", sub.ID, j.blame(ctx, slot, sub.Language, err))
	}
	g.report.Timing.JudgeMillis = time.Since(begin).Milliseconds()
	g.report.Timing.Steps = g.steps
	return g.report, nil
}
