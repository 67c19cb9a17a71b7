package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
	"github.com/docketjudge/docket/problems/harness"
	"github.com/docketjudge/docket/problems/workshop"
)

// problemsExportCmd writes packages for other judges.
type problemsExportCmd struct {
	Output   string `short:"o" help:"The file to write. Defaults to the problem's name without dashes, and .zip." placeholder:"FILE" predictor:"file" env:"-"`
	Force    bool   `short:"f" help:"Overwrite a file that is there." env:"-"`
	For      string `help:"The judge that the archive is for: icpc, as the format has it, or domjudge." enum:"icpc,domjudge" default:"icpc" placeholder:"JUDGE" env:"-"`
	TestsDir string `help:"Where generated tests are kept. Defaults to docket/tests in the user's cache directory." placeholder:"DIR"`
	Problem  string `arg:"" help:"A built-in problem, or the directory of a package."`
}

func (*problemsExportCmd) Help() string {
	return `Examples:
  docket problems export lru-cache
  docket problems export -o /tmp/heaps.zip my-problems/two-heaps
  docket problems export --for domjudge running-median

Writes a zip archive in the ICPC problem package format 2025-09 that other judges
take. Generated tests are files in it. The solutions of a function problem are
whole programs there, which read the same tests from standard input. Limits are
the most that any language has; what a JVM needs for itself is in the one for
memory. DOMjudge wants the files at the top of the archive, and is told the time
limit in domjudge-problem.ini too. Concurrency problems cannot be exported: what
their solutions call is not in the box, but supplied by a worker of Docket.`
}

func (c *problemsExportCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

func (c *problemsExportCmd) run(ctx context.Context, p *process) error {
	root, slug := problems.Builtin(), judge.Slug(c.Problem)
	if isPackage(c.Problem) {
		var parent string
		var err error
		if parent, slug, err = splitPackage(c.Problem); err != nil {
			return err
		}
		if root, err = problems.DirRoot(parent); err != nil {
			return err
		}
	}
	log := logFlags{LogLevel: slog.LevelWarn}.logger(p.stderr)
	sb := openLazily(ctx, log, &workerFlags{BoxReuse: true})
	defer sb.close()
	catalog, err := openCatalog([]fs.FS{root}, c.TestsDir, sb)
	if err != nil {
		return err
	}
	pkg, err := catalog.Package(ctx, slug)
	if err != nil {
		return usageError("%w", err)
	}
	tree, err := fs.Sub(root, string(slug))
	if err != nil {
		return err
	}
	if c.Output == "" {
		c.Output = workshop.ExportName(slug) + ".zip"
	}
	if _, err := os.Stat(c.Output); err == nil && !c.Force {
		return usageError("%s is there already; --force overwrites it", printableLine(c.Output))
	}
	bench := &workshop.Bench{Sandbox: sb, Forge: catalog.forge}
	// Written beside and renamed, so that a failure leaves no half an archive.
	tmp, err := os.CreateTemp(filepath.Dir(c.Output), ".export-*")
	if err != nil {
		return usageError("%w", err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	err = bench.Export(ctx, pkg, workshop.ExportOptions{Files: tree, Layout: workshop.ExportLayout(c.For), To: tmp})
	if err = errors.Join(err, tmp.Close()); err != nil {
		if errors.Is(err, harness.ErrNotAlone) {
			return usageError("%w", err)
		}
		var wrong *forge.DigestError
		if errors.As(err, &wrong) {
			return &exitError{code: exitNo, err: err} // the package is not as it says
		}
		return err
	}
	if err := errors.Join(os.Chmod(tmp.Name(), 0o644), os.Rename(tmp.Name(), c.Output)); err != nil { //nolint:gosec // for others to take
		return err
	}
	_, err = fmt.Fprintln(p.stdout, printableLine(c.Output))
	return err
}
