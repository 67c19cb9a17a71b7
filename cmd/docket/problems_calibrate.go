package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/hostspeed"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/workshop"
	"github.com/docketjudge/docket/sandbox/engine"
)

// problemsCalibrateCmd finds the time limits of problem packages.
type problemsCalibrateCmd struct {
	packageFlags `set:"builtin=Defaults to the built-in problems."`

	Runs      int    `help:"How often each submission is run." default:"5" env:"-"`
	Show      bool   `help:"Measure nothing; print what docket.yaml files say of earlier calibrations." xor:"do" env:"-"`
	Check     bool   `help:"Only say whether the present limits hold." xor:"do" env:"-"`
	Write     bool   `help:"Write the limits, and where they come from, into docket.yaml." xor:"do" env:"-"`
	Reference string `help:"Measure this host and write it to this file as the reference host; calibrate nothing." xor:"do" placeholder:"FILE" env:"-"`
	Runtime   string `help:"The engine's OCI runtime for boxes. Defaults to the engine's default."`
	JSON      bool   `help:"Print JSON." env:"-"`
}

func (*problemsCalibrateCmd) Help() string {
	return `Examples:
  docket problems calibrate --problem range-sums
  docket problems calibrate --write my-problems/two-heaps
  docket problems calibrate --check my-problems
  docket problems calibrate --show

Runs the accepted submissions of each package, and those that claim to be too slow
(time_limit_exceeded, brute_force), some times each, in the same boxes as a worker and
one at a time. What counts is the processor time of a submission's slowest test:
the median of its runs when it is accepted, the least when it is too slow. A limit
is right when the slowest accepted submission takes at most half of it, and the
fastest one that is too slow at least one and a half times as long. A present limit
that is right stays; else the least round one that is, from 1 s on, is proposed.

Limits are stated for the reference host, on which the built-in problems were
calibrated: times are divided by how much slower this host runs a small reference
workload, and a worker multiplies limits by the same measure.

Exit codes: 0 there is a limit for every language (--check: the present ones are
right; --show: there is a record of each package); 1 there is none, or a package is refused; 2 wrong usage; 3 measuring failed.`
}

// calibrations is what --json prints.
type calibrations struct {
	OK       bool                      `json:"ok"`
	Host     string                    `json:"host"`
	CPUs     int                       `json:"cpus"`
	Runs     int                       `json:"runs"`
	Problems []calibratedProblem       `json:"problems"`
	Refused  []refusedPackage          `json:"refused,omitempty"`
	Tools    map[judge.Language]string `json:"toolchains"`

	check bool // the present limits are in question
}

type calibratedProblem struct {
	workshop.Calibration
	Written bool `json:"written"` // docket.yaml has the limits
}

// measured are the languages in which submissions were run.
func (c calibratedProblem) measured() []judge.Language {
	var out []judge.Language
	for _, l := range c.Languages {
		if len(l.Rows) > 0 {
			out = append(out, l.Language)
		}
	}
	return out
}

func (c *problemsCalibrateCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

func (c *problemsCalibrateCmd) run(ctx context.Context, p *process) error {
	if c.Runs < 1 || c.Runs > 100 {
		return usageError("--runs: %d is not between 1 and 100", c.Runs)
	}
	if c.Write && len(c.Dirs) == 0 {
		return usageError("--write needs the directories of the packages: the built-in ones are part of docket")
	}
	switch {
	case c.Reference != "":
		return c.reference(ctx, p)
	case c.Show:
		return c.show(ctx, p)
	}
	log := logFlags{LogLevel: slog.LevelWarn}.logger(p.stderr)
	// One slot: submissions that run side by side slow each other.
	flags := &workerFlags{Slots: 1, BoxReuse: true, Runtime: c.Runtime}
	sb := openLazily(ctx, log, flags)
	defer sb.close()
	targets, refused, err := c.targets(ctx, sb)
	if err != nil {
		return err
	}
	flags.Languages = languagesOf(targets)
	out := calibrations{OK: len(refused) == 0, Runs: c.Runs, Problems: []calibratedProblem{}, Refused: refused, check: c.Check,
		Tools: map[judge.Language]string{}}
	if len(targets) > 0 {
		info, err := engine.Probe(ctx)
		if err != nil {
			return err
		}
		out.Host, out.CPUs = nameOf(info), info.CPUs
	}
	for _, t := range targets {
		one, err := c.calibrate(ctx, p, sb, t, log)
		if err != nil {
			return err
		}
		for _, l := range one.measured() {
			out.Tools[l] = sb.docker.Toolchain(l) // measuring has opened it
		}
		if c.Write && !one.Refused() {
			if err := c.write(t.dir, &one, out); err != nil {
				return err
			}
		}
		out.Problems = append(out.Problems, one)
		out.OK = out.OK && !one.Refused() && (one.Holds() || !c.Check)
	}
	return conclude(p, out, c.JSON, out.OK)
}

func (c *problemsCalibrateCmd) calibrate(ctx context.Context, p *process, sb judge.Sandbox, t target, log *slog.Logger) (calibratedProblem, error) {
	line := newStatusLine(p)
	defer line.clear()
	line.say(string(t.slug), string(t.slug), "  making its tests ready")
	bench := &workshop.Bench{Sandbox: sb, Forge: t.catalog.forge, Log: log}
	found, err := bench.Calibrate(ctx, t.pkg, workshop.CalibrateOptions{
		Ratio: func(ctx context.Context, l judge.Language) (float64, error) {
			d, err := hostspeed.Measure(ctx, sb, l, 2)
			return hostspeed.Ratio(l, hostspeed.FigureOf(d, "")), err
		},
		Runs: c.Runs,
		Progress: func(submission string, run int) {
			line.say(string(t.slug), string(t.slug), fmt.Sprintf("  run %d/%d  %s", run, c.Runs, printableLine(submission)))
		},
	})
	return calibratedProblem{Calibration: found}, err
}

// write puts what was found into the package's docket.yaml, if there is
// anything. What was to be said against the file before may be mended by that.
func (c *problemsCalibrateCmd) write(dir string, found *calibratedProblem, all calibrations) error {
	r := found.Record(time.Now().UTC(), all.Host, all.CPUs, c.Runs, func(l judge.Language) string { return all.Tools[l] })
	if len(r.Languages) == 0 {
		return nil
	}
	if err := workshop.WriteCalibration(dir, r); err != nil {
		return err
	}
	pkg, err := problems.LoadDir(dir)
	if err != nil {
		return err
	}
	found.Written, found.Warnings = true, pkg.Warnings
	return nil
}

// reference makes this host the one that limits are stated for.
func (c *problemsCalibrateCmd) reference(ctx context.Context, p *process) error {
	info, err := engine.Probe(ctx)
	if err != nil {
		return err
	}
	h, err := measureHost(ctx, info, hostspeed.Host{})
	if err != nil {
		return err
	}
	if err := h.Save(c.Reference); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(p.stdout, h)
	}
	t := newTable("language", ">reference", "toolchain", "was")
	for _, l := range judge.Languages() {
		t.row(l.Name(), fmt.Sprintf("%.1f ms", h.Figures[l].Millis), h.Figures[l].Toolchain,
			fmt.Sprintf("%.1f ms", hostspeed.Reference().Figures[l].Millis))
	}
	return t.print(p.stdout, colourful(p))
}
