package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/sandbox"
)

// problemsGenerateCmd makes the tests that packages generate.
type problemsGenerateCmd struct {
	Pin      bool     `help:"Write the digests into docket.yaml, and the answers of committed inputs that have none." env:"-"`
	Answers  bool     `help:"With --pin: make the answers of all committed inputs anew." env:"-"`
	TestsDir string   `help:"Where generated tests are kept. Defaults to docket/tests in the user's cache directory." placeholder:"DIR"`
	Slots    int      `help:"Judging lanes. Defaults to the engine's number of CPUs." placeholder:"N"`
	Runtime  string   `help:"The engine's OCI runtime for boxes. Defaults to the engine's default."`
	JSON     bool     `help:"Print JSON." env:"-"`
	Dirs     []string `arg:"" name:"dir" type:"existingdir" help:"Problem packages." predictor:"dir"`
}

// Help is the long text of docket problems generate --help.
func (*problemsGenerateCmd) Help() string {
	return `Examples:
  docket problems generate my-problems/two-heaps
  docket problems generate --pin my-problems/two-heaps

Runs the generators of each package and its reference solution in boxes. What
they print is kept on this host by its digest, and is an error when docket.yaml
pins another one. With --pin the new digests are written instead, once the input
validators have accepted every input; nothing else of the file changes.

Exit codes: 0 the tests are as the package says, or were pinned; 1 they are not, or
could not be made; 2 wrong usage; 3 generating failed.`
}

// Run generates and prints.
func (c *problemsGenerateCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

// madePackage is what --json prints of a package.
type madePackage struct {
	Problem judge.Slug           `json:"problem"`
	Tests   []problems.Generated `json:"tests"`
}

func (c *problemsGenerateCmd) run(ctx context.Context, p *process) error {
	if c.Answers && !c.Pin {
		return usageError("--answers writes answers: it needs --pin")
	}
	log := slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	lanes := &lazySandbox{open: func() (*sandbox.Docker, error) {
		flags := workerFlags{Slots: c.Slots, BoxReuse: true, Runtime: c.Runtime, ArtifactCache: 32}
		if err := flags.AfterApply(); err != nil {
			return nil, usageError("%w", err)
		}
		return flags.sandbox(ctx, sandbox.WorkerID(), "", log)
	}}
	defer lanes.close(log)
	if c.TestsDir == "" {
		dir, err := os.UserCacheDir()
		if err != nil {
			return usageError("--tests-dir: %w", err)
		}
		c.TestsDir = filepath.Join(dir, "docket", "tests")
	}
	forge := problems.NewForge(c.TestsDir, lanes)
	all := []madePackage{}
	for _, dir := range c.Dirs {
		made, err := c.one(ctx, p, forge, lanes, dir)
		if err != nil {
			var broken *problems.BrokenError
			if errors.As(err, &broken) || problems.IsFault(err) {
				_, _ = fmt.Fprintf(p.stderr, "docket: %s\n", printable(err.Error()))
				return &exitError{code: exitNo}
			}
			return err
		}
		all = append(all, made)
	}
	if c.JSON {
		return printJSON(p.stdout, all)
	}
	t := newTable("problem", "test", ">input", ">answer", "sha256", "")
	for _, pkg := range all {
		for _, one := range pkg.Tests {
			kept, state := "committed", "as before"
			if !one.Committed {
				kept = string(one.Input[:12])
			}
			if one.Changed {
				state = "changed"
			}
			t.row(string(pkg.Problem), one.Test, one.InputSize.String(), one.Size.String(), kept, state)
		}
	}
	return t.print(p.stdout, colourful(p))
}

func (c *problemsGenerateCmd) one(ctx context.Context, p *process, forge *problems.Forge, sb judge.Sandbox, dir string) (madePackage, error) {
	line := newStatusLine(p)
	defer line.clear()
	out := madePackage{Problem: judge.Slug(filepath.Base(dir)), Tests: []problems.Generated{}}
	line.say(dir, dir, "  making its tests")
	if c.Pin {
		done := 0
		made, err := problems.Generate(ctx, dir, problems.GenerateOptions{Forge: forge, Sandbox: sb, Answers: c.Answers,
			Done: func(g problems.Generated) {
				done++
				line.say(dir, dir, fmt.Sprintf("  %d made, %s", done, g.Test))
			}})
		out.Tests = append(out.Tests, made...)
		return out, err
	}
	pkg, err := problems.LoadDir(dir)
	if err != nil {
		return out, err
	}
	out.Problem = pkg.Problem.Slug
	ready, err := forge.Problem(ctx, pkg)
	if err != nil {
		return out, err
	}
	pins := map[string]problems.Generation{}
	for _, g := range pkg.Generate {
		pins[g.Test] = g
	}
	for _, group := range ready.Groups {
		for _, t := range group.Tests {
			if g, ok := pins[t.Name]; ok {
				out.Tests = append(out.Tests, problems.Generated{Test: t.Name, Input: g.Input, Answer: g.Answer,
					InputSize: t.Input.Size, Size: t.Answer.Size})
			}
		}
	}
	return out, nil
}
