package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
)

// problemsGenerateCmd makes the tests that packages generate.
type problemsGenerateCmd struct {
	packageFlags `set:"builtin=The built-in ones cannot be generated."`

	Pin     bool   `help:"Write the digests into docket.yaml, and the answers of committed inputs that have none." env:"-"`
	Answers bool   `help:"With --pin: make the answers of all committed inputs anew." env:"-"`
	Slots   int    `help:"How many programs run at once. Defaults to the number of the engine's CPUs that docket may run on." placeholder:"N"`
	Runtime string `help:"The engine's OCI runtime for boxes. Defaults to the engine's default."`
	JSON    bool   `help:"Print JSON." env:"-"`
}

func (*problemsGenerateCmd) Help() string {
	return `Examples:
  docket problems generate my-problems/two-heaps
  docket problems generate --pin my-problems/two-heaps

Runs the generators of each package and its reference solution in boxes, on every
slot, and shows every input to the input validators. What the programs print is kept
on this host by its digest, and it is an error when docket.yaml pins another one.
With --pin the digests are written instead, and the answers of committed inputs that
have none; nothing else of a file changes, and nothing at all when an input is refused.

Exit codes: 0 the tests are as the package says, or were pinned; 1 they are not, or
could not be made; 2 wrong usage; 3 generating failed.`
}

func (c *problemsGenerateCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

// generation is what --json prints.
type generation struct {
	OK       bool                   `json:"ok"`
	Problems []forge.GenerateReport `json:"problems"`
	Refused  []refusedPackage       `json:"refused,omitempty"`

	pinned bool // what was made was written, as far as it could be
}

func (c *problemsGenerateCmd) run(ctx context.Context, p *process) error {
	if c.Answers && !c.Pin {
		return usageError("--answers writes answers: it needs --pin")
	}
	if len(c.Dirs) == 0 {
		return usageError("generate needs the directories of the packages: the built-in ones are part of docket")
	}
	log := logFlags{LogLevel: slog.LevelWarn}.logger(p.stderr)
	sb := openLazily(ctx, log, &workerFlags{Slots: c.Slots, BoxReuse: true, Runtime: c.Runtime})
	defer sb.close()
	found, err := c.find(sb)
	if err != nil {
		return err
	}
	out := generation{OK: true, Problems: []forge.GenerateReport{}, pinned: c.Pin}
	for _, t := range found {
		r, err := c.one(ctx, p, t)
		var broken *problems.BrokenError
		switch {
		case errors.As(err, &broken):
			out.Refused = append(out.Refused, refusedPackage{broken.Slug, broken.Refusals})
			out.OK = false
		case err != nil:
			return err
		default:
			out.Problems = append(out.Problems, r)
			out.OK = out.OK && len(r.Faults) == 0 && (c.Pin || r.Pinned())
		}
	}
	return conclude(p, out, c.JSON, out.OK)
}

func (c *problemsGenerateCmd) one(ctx context.Context, p *process, t target) (forge.GenerateReport, error) {
	line := newStatusLine(p)
	defer line.clear()
	name := printableLine(t.dir)
	line.say(name, name, "  making its tests")
	done := 0
	return t.catalog.forge.Generate(ctx, t.dir, forge.GenerateOptions{Pin: c.Pin, Answers: c.Answers,
		Done: func(g forge.Generated) {
			done++
			line.say(name, name, fmt.Sprintf("  %d made, %s", done, printableLine(g.Test)))
		}})
}

// print writes a table of what was made, and what is wrong.
func (g generation) print(w io.Writer, colourful bool) error {
	var b strings.Builder
	t := newTable("problem", "test", ">input", "sha256", ">answer", "sha256", "")
	differ := 0
	for _, r := range g.Problems {
		for _, one := range r.Tests {
			in, ans := "committed", ""
			if !one.Committed {
				in, ans = string(one.Input[:12]), string(one.Answer[:12])
			}
			t.row(string(r.Problem), one.Test, one.InputSize.String(), in, one.Size.String(), ans, string(one.State))
			if one.State != forge.Unchanged {
				differ++
				t.painted(6, yellow)
			}
		}
	}
	if len(t.rows) > 0 {
		if err := t.print(&b, colourful); err != nil {
			return err
		}
	}
	faults := 0
	for _, r := range g.Problems {
		for _, f := range r.Faults {
			faults++
			b.WriteString(red.on("fault", colourful) + "  " + printableLine(string(r.Problem)+": "+f.Name+": "+f.Reason) + "\n")
		}
	}
	printRefused(&b, g.Refused, colourful)
	switch {
	case faults > 0 && g.pinned:
		b.WriteString("nothing is pinned of a package with a fault\n")
	case differ > 0 && !g.pinned:
		_, _ = fmt.Fprintf(&b, "not as the package has it: %s; --pin writes what was made\n", plural(differ, "test"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
