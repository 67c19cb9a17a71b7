package judging

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/docketjudge/docket/judge"
)

// Config says what a Judge works with.
type Config struct {
	Sandbox  judge.Sandbox
	Problems judge.Catalog
	// Toolchain names the version of a language's toolchain for reports.
	// Optional.
	Toolchain func(judge.Language) string
	// HostFactor is asked before a slot is taken, because measuring needs one.
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

// judging is one attempt at one submission.
type judging struct {
	judge  *Judge
	sub    judge.Submission
	emit   func(judge.Event)
	slot   judge.Slot
	report judge.Report
	steps  judge.Steps
}

// Judge takes a submission through build and tests and returns the report,
// whose identity and timing in the queue the caller fills in. Emit is told of
// every step as it happens. An error means that the judge failed, or that ctx
// ended; one that wraps ErrOutage, that any other submission would have failed
// too.
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

	g := &judging{judge: j, sub: sub, emit: emit, slot: slot}
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

func (g *judging) run(ctx context.Context, problem *judge.Problem) error {
	src := judge.Source{Language: g.sub.Language, Files: g.sub.Files}
	if problem != nil && problem.Harness != nil {
		var err error
		if src, err = problem.Harness.Source(g.sub.Language, g.sub.Files); judge.CodeOf(err) == judge.CodeInvalid {
			g.refuse(err)
			return nil
		} else if err != nil {
			return err
		}
	}
	build, err := g.build(ctx, src)
	if err != nil {
		return err
	}
	if !build.OK {
		g.report.Verdict = judge.CE
		return nil
	}
	if problem == nil {
		return g.runCustom(ctx, build.Artifact)
	}
	if g.sub.Kind == judge.KindRun {
		return g.runProblem(ctx, build.Artifact, problem)
	}
	return g.runTests(ctx, build.Artifact, problem)
}

// refuse reports sources that cannot be built at all as a compiler would.
func (g *judging) refuse(why error) {
	words := why.Error()
	var e *judge.Error
	if errors.As(why, &e) {
		words = e.Message
	}
	g.report.Verdict = judge.CE
	g.report.Compile = &judge.CompileReport{Output: words}
	g.emit(judge.Event{Kind: judge.EventCompiled, Compile: g.report.Compile})
}

// build compiles the sources, once more when the judge itself failed.
func (g *judging) build(ctx context.Context, src judge.Source) (judge.Build, error) {
	begin := time.Now()
	build, err := g.slot.Build(ctx, src)
	if err != nil {
		if final := g.again(ctx, err); final != nil {
			return judge.Build{}, final
		}
		g.judge.log.Warn("building again", "submission", g.sub.ID, "err", err)
		if build, err = g.slot.Build(ctx, src); err != nil {
			return judge.Build{}, err
		}
	}
	g.steps.Build = since(begin)
	g.report.Compile = &judge.CompileReport{
		OK: build.OK, Output: build.Output, Millis: build.Took.Milliseconds(), Cached: build.Cached,
	}
	g.report.Timing.CompileMillis = build.Took.Milliseconds()
	g.emit(judge.Event{Kind: judge.EventCompiled, Compile: g.report.Compile})
	return build, nil
}

// maxShown is how much of a custom run's output is returned.
const maxShown = 256 * judge.KiB

// runCustom runs a program on the client's own input.
func (g *judging) runCustom(ctx context.Context, a judge.Artifact) error {
	limits := g.sub.Limits.Attended()
	out := &kept{limit: maxShown}
	r, err := g.inBox(ctx, a, limits, func(box judge.Box) (judge.Result, error) {
		out.reset()
		return box.Run(ctx, judge.Run{Stdin: strings.NewReader(g.sub.Stdin), Stdout: out}, limits)
	})
	if err != nil {
		return err
	}
	g.report.Verdict = judge.Classify(r, limits.For(g.sub.Language))
	usage := judge.UsageOf(r)
	run := &judge.RunReport{
		Stdout: string(out.b), Stderr: string(r.Stderr), Encoding: "utf-8",
		StdoutTruncated: out.cut || r.Stopped == judge.StoppedForOutput, StderrTruncated: r.StderrTruncated, Usage: usage,
	}
	if !utf8.Valid(out.b) || !utf8.Valid(r.Stderr) {
		run.Encoding = "base64"
		run.Stdout = base64.StdEncoding.EncodeToString(out.b)
		run.Stderr = base64.StdEncoding.EncodeToString(r.Stderr)
	}
	g.report.Run = run
	g.report.Summary = judge.Summary{
		CPUMillisMax: usage.CPUMillis, CPUMillisTotal: usage.CPUMillis, MemoryKiBMax: usage.MemoryKiB,
	}
	return nil
}

// inBox runs something in a box of its own, and once more in a fresh one when
// the judge failed.
func (g *judging) inBox(ctx context.Context, a judge.Artifact, l judge.Limits, run func(judge.Box) (judge.Result, error)) (judge.Result, error) {
	for try := 0; ; try++ {
		r, err := func() (judge.Result, error) {
			begin := time.Now()
			box, err := g.slot.Open(ctx, a, l)
			if err != nil {
				return judge.Result{}, err
			}
			g.steps.Box += since(begin)
			begin = time.Now()
			r, err := run(box)
			g.steps.Tests += since(begin)
			return r, errors.Join(err, box.Close())
		}()
		if err == nil {
			err = ctx.Err()
		}
		if err == nil || try > 0 {
			return r, err
		}
		if final := g.again(ctx, err); final != nil {
			return r, final
		}
		g.judge.log.Warn("running again in a fresh box", "submission", g.sub.ID, "err", err)
	}
}

// kept holds the beginning of an output.
type kept struct {
	b     []byte
	limit judge.Bytes
	cut   bool
}

func (k *kept) reset() { k.b, k.cut = k.b[:0], false }

func (k *kept) Write(p []byte) (int, error) {
	n := min(len(p), int(k.limit)-len(k.b))
	k.b = append(k.b, p[:n]...)
	if n < len(p) {
		k.cut = true
	}
	return len(p), nil
}

func since(t time.Time) int64 { return time.Since(t).Microseconds() }
