package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

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
	Dirs     []string `arg:"" name:"dir" type:"existingdir" help:"Problem packages, or directories of them." predictor:"dir"`
}

// Help is the long text of docket problems generate --help.
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

// Run generates and prints.
func (c *problemsGenerateCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

// generation is what --json prints.
type generation struct {
	OK       bool                      `json:"ok"`
	Problems []problems.GenerateReport `json:"problems"`
	Refused  []refusedPackage          `json:"refused,omitempty"`
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
	dirs, err := packageDirs(c.Dirs)
	if err != nil {
		return err
	}
	forge := problems.NewForge(c.TestsDir, lanes)
	out := generation{OK: true, Problems: []problems.GenerateReport{}}
	for _, dir := range dirs {
		r, err := c.one(ctx, p, forge, lanes, dir)
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
	if c.JSON {
		err = printJSON(p.stdout, out)
	} else {
		err = out.print(p.stdout, c.Pin, colourful(p))
	}
	if err == nil && !out.OK {
		err = &exitError{code: exitNo}
	}
	return err
}

func (c *problemsGenerateCmd) one(ctx context.Context, p *process, forge *problems.Forge, sb judge.Sandbox, dir string) (problems.GenerateReport, error) {
	line := newStatusLine(p)
	defer line.clear()
	line.say(dir, dir, "  making its tests")
	done := 0
	return problems.Generate(ctx, dir, problems.GenerateOptions{Forge: forge, Sandbox: sb, Pin: c.Pin, Answers: c.Answers,
		Done: func(g problems.Generated) {
			done++
			line.say(dir, dir, fmt.Sprintf("  %d made, %s", done, g.Test))
		}})
}

// packageDirs finds the packages that arguments mean: directories of packages
// stand for all packages in them.
func packageDirs(args []string) ([]string, error) {
	var out []string
	for _, dir := range args {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
		found, err := filepath.Glob(filepath.Join(globQuote(abs), "*", "problem.yaml"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
		if _, err := os.Stat(filepath.Join(abs, "problem.yaml")); err == nil {
			found = []string{filepath.Join(abs, "problem.yaml")}
		}
		if len(found) == 0 {
			return nil, usageError("there is no problem package in %s", dir)
		}
		for _, file := range found {
			out = append(out, filepath.Dir(file))
		}
	}
	return out, nil
}

// globQuote makes a pattern that means the path itself.
func globQuote(path string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(path)
}

// print writes a table of what was made, and what is wrong.
func (g generation) print(w io.Writer, pinned, colourful bool) error {
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
			if one.State != problems.Unchanged {
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
	for _, r := range g.Refused {
		b.WriteString(bold.on(string(r.Problem), colourful) + "\n" + red.on("refused", colourful) + "\n")
		for _, reason := range r.Reasons {
			b.WriteString("  " + printableLine(reason.String()) + "\n")
		}
	}
	switch {
	case faults > 0 && pinned:
		b.WriteString("nothing is pinned of a package with a fault\n")
	case differ > 0 && !pinned:
		_, _ = fmt.Fprintf(&b, "not as the package has it: %s; --pin writes what was made\n", plural(differ, "test"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
