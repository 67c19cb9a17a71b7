package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/workshop"
)

// problemsVerifyCmd judges what problem packages bring along.
type problemsVerifyCmd struct {
	packageFlags `set:"builtin=Defaults to the built-in problems."`

	Submission string  `help:"Only example submissions whose name contains this." placeholder:"PART" env:"-"`
	Slots      int     `help:"How many submissions are judged at once. Defaults to the number of the engine's CPUs that docket may run on." placeholder:"N"`
	BoxReuse   bool    `help:"Lease a box again after it was found clean." default:"true" negatable:""`
	HostFactor float64 `help:"What the time limits of problems are multiplied by, from 1 to 4. 0 measures this host first." default:"0" placeholder:"N"`
	Runtime    string  `help:"The engine's OCI runtime for boxes. Defaults to the engine's default."`
	JSON       bool    `help:"Print JSON." env:"-"`
}

func (*problemsVerifyCmd) Help() string {
	return `Examples:
  docket problems verify
  docket problems verify --problem range-sums
  docket problems verify my-problems/two-heaps

Loads each package, makes its generated tests, runs its input validators over
every input and judges every example submission, in the same boxes as a worker.
Time limits are multiplied by how much slower this host is than the one that they
were found on, as a worker multiplies them; --host-factor says by how much.
Output validators are shown what is meant to break them, as long as the output limit
allows: one that is stopped or crashes makes a judge error of a wrong answer.
Needs the engine and the images (docket images build), neither server nor Redis.

Exit codes: 0 everything is as the packages say; 1 something is not, or a package
is refused; 2 wrong usage; 3 verifying failed.`
}

// verification is what --json prints.
type verification struct {
	OK       bool                    `json:"ok"`
	Problems []workshop.VerifyReport `json:"problems"`
	Refused  []refusedPackage        `json:"refused,omitempty"`
}

func (c *problemsVerifyCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

func (c *problemsVerifyCmd) run(ctx context.Context, p *process) error {
	log := logFlags{LogLevel: slog.LevelWarn}.logger(p.stderr)
	flags := &workerFlags{Slots: c.Slots, BoxReuse: c.BoxReuse, Runtime: c.Runtime, HostFactor: c.HostFactor}
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
	out := verification{OK: len(refused) == 0, Problems: []workshop.VerifyReport{}, Refused: refused}
	for _, t := range targets {
		total := 0
		for _, s := range t.pkg.Submissions {
			if strings.Contains(s.Name, c.Submission) {
				total++
			}
		}
		if total == 0 && c.Submission != "" {
			continue
		}
		r, err := c.verify(ctx, p, sb, factor, t, total, log)
		if err != nil {
			return err
		}
		out.Problems = append(out.Problems, r)
		out.OK = out.OK && !r.Surprise()
	}
	if len(out.Problems) == 0 && len(refused) == 0 {
		return usageError("--submission: no submission's name contains %q", c.Submission)
	}
	return conclude(p, out, c.JSON, out.OK)
}

func (c *problemsVerifyCmd) verify(ctx context.Context, p *process, sb *lazySandbox, factor judge.HostFactor, t target, total int, log *slog.Logger) (workshop.VerifyReport, error) {
	line := newStatusLine(p)
	defer line.clear()
	line.say(string(t.slug), string(t.slug), "  making its tests ready")
	var (
		mu   sync.Mutex
		done int
	)
	for _, l := range languagesOf([]target{t}) {
		// Beside judgings, the host would look slower than it is.
		if _, err := factor(ctx, l); err != nil {
			return workshop.VerifyReport{}, err
		}
	}
	bench := &workshop.Bench{Sandbox: sb, Forge: t.catalog.forge, HostFactor: factor, Log: log}
	return bench.Verify(ctx, t.pkg, workshop.VerifyOptions{
		Only: c.Submission,
		Done: func(row workshop.VerifyRow) {
			mu.Lock()
			defer mu.Unlock()
			done++
			head := fmt.Sprintf("%s  %d/%d", t.slug, done, total)
			line.say(head, head, fmt.Sprintf("  %-3s  %s", row.Got, printableLine(row.Submission)))
		},
	})
}
