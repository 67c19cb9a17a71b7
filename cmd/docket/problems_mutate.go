package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/workshop"
)

// problemsMutateCmd puts the hidden tests of packages to the proof.
type problemsMutateCmd struct {
	packageFlags `set:"builtin=Defaults to the built-in problems."`

	Submission string  `help:"Only accepted submissions whose name contains this." placeholder:"PART" env:"-"`
	Sample     int     `help:"Try only so many mutants of each submission, for a quick look." placeholder:"N" env:"-"`
	Seed       uint64  `help:"Chooses the sample." default:"1" placeholder:"N" env:"-"`
	MinKill    float64 `help:"The percentage of mutants that the tests of each problem must find." default:"95" placeholder:"PERCENT" env:"-"`
	Slots      int     `help:"How many submissions are judged at once. Defaults to the number of the engine's CPUs that docket may run on." placeholder:"N"`
	HostFactor float64 `help:"What the time limits of problems are multiplied by, from 1 to 4. 0 measures this host first." default:"0" placeholder:"N"`
	Runtime    string  `help:"The engine's OCI runtime for boxes. Defaults to the engine's default."`
	JSON       bool    `help:"Print JSON." env:"-"`
}

func (*problemsMutateCmd) Help() string {
	return `Examples:
  docket problems mutate --problem range-sums
  docket problems mutate --submission solution.go my-problems/two-heaps
  docket problems mutate --sample 20 my-problems

Changes the accepted submissions in small ways (an operator, a bound, a number, a
condition, a result, a missing statement), judges every such mutant on the hidden
tests alone and lists those that survive: for each, a test is missing, or the
changed code is not needed. Mutants that do not compile do not count. One that no
test can tell from the original is listed in docket.yaml, with the reason:

  mutate:
    equivalent:
      - id: "0a1b2c3d4e5f"
        reason: the buffer may be of any size

The name of a mutant stays the same until its line, a line beside it or the name
of its submission changes. A name in docket.yaml that fits no mutant any more is
a surprise, and so is a listed mutant that a test finds.

Time limits are multiplied by how much slower this host is than the one that they
were found on, as a worker multiplies them; --host-factor says by how much.

Small tests are run first, under limits of about twice what the original takes, so
that most mutants are found in no time. A mutant that only met such a limit is not
found yet: it is tried on a few more tests and then judged again under the limits of
the problem, which decide. One that is right but slow is among the survivors. Where
mutants wait more than they work, as those of interactive problems do, --slots with
several times the number of CPUs is faster.

Exit codes: 0 enough mutants are found; 1 too few are, something is a surprise, or
a package is refused; 2 wrong usage; 3 mutating failed.`
}

// mutations is what --json prints.
type mutations struct {
	OK       bool                    `json:"ok"`
	MinKill  float64                 `json:"min_kill"` // percent
	Problems []workshop.MutateReport `json:"problems"`
	Refused  []refusedPackage        `json:"refused,omitempty"`
}

func (c *problemsMutateCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

func (c *problemsMutateCmd) run(ctx context.Context, p *process) error {
	switch {
	case c.MinKill < 0 || c.MinKill > 100:
		return usageError("--min-kill: %g is not between 0 and 100", c.MinKill)
	case c.Sample < 0:
		return usageError("--sample: %d is below zero", c.Sample)
	}
	log := logFlags{LogLevel: slog.LevelError}.logger(p.stderr)
	flags := &workerFlags{Slots: c.Slots, BoxReuse: true, Runtime: c.Runtime, HostFactor: c.HostFactor}
	sb := openLazily(ctx, log, flags)
	defer sb.close()
	factor, err := sb.hostFactor()
	if err != nil {
		return err
	}
	targets, refused, err := c.targets(ctx, sb)
	if err != nil {
		return err
	}
	flags.Languages = languagesOf(targets)
	out := mutations{OK: len(refused) == 0, MinKill: c.MinKill, Problems: []workshop.MutateReport{}, Refused: refused}
	for _, t := range targets {
		r, err := c.mutate(ctx, p, sb, t, factor, log)
		if err != nil {
			return err
		}
		if len(r.Submissions) == 0 && c.Submission != "" {
			continue
		}
		out.Problems = append(out.Problems, r)
		out.OK = out.OK && len(r.Surprises) == 0 && r.Counts.Rate() >= c.MinKill
	}
	if len(out.Problems) == 0 && len(refused) == 0 {
		return usageError("--submission: no accepted submission's name contains %q", c.Submission)
	}
	return conclude(p, out, c.JSON, out.OK)
}

func (c *problemsMutateCmd) mutate(ctx context.Context, p *process, sb judge.Sandbox, t target, factor judge.HostFactor, log *slog.Logger) (workshop.MutateReport, error) {
	line := newStatusLine(p)
	defer line.clear()
	line.say(string(t.slug), string(t.slug), "  judging the originals")
	bench := &workshop.Bench{Sandbox: sb, Forge: t.catalog.forge, HostFactor: factor, Log: log}
	return bench.Mutate(ctx, t.pkg, workshop.MutateOptions{
		Only: c.Submission, Sample: c.Sample, Seed: c.Seed, Parallel: 2 * c.Slots,
		Done: func(at workshop.MutateProgress) {
			// A pipe is told now and then, a terminal every time.
			if line.terminal || at.Done == at.Total || at.Done%50 == 0 {
				head := fmt.Sprintf("%s  %d/%d", t.slug, at.Done, at.Total)
				line.say(head, head, fmt.Sprintf("  %d survived", at.Survived))
			}
		},
	})
}
