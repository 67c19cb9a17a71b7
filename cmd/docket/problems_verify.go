package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/sandbox"
)

// problemsVerifyCmd judges what problem packages bring along.
type problemsVerifyCmd struct {
	Problem    []judge.Slug `help:"Only these problems. May be repeated." placeholder:"SLUG" env:"-"`
	Submission string       `help:"Only example submissions whose name contains this." placeholder:"PART" env:"-"`
	TestsDir   string       `help:"Where generated tests are kept. Defaults to docket/tests in the user's cache directory." placeholder:"DIR"`
	Slots      int          `help:"Judging lanes. Defaults to the engine's number of CPUs." placeholder:"N"`
	BoxReuse   bool         `help:"Lease a box again after it was found clean." default:"true" negatable:""`
	Runtime    string       `help:"The engine's OCI runtime for boxes. Defaults to the engine's default."`
	JSON       bool         `help:"Print JSON." env:"-"`
	Dirs       []string     `arg:"" optional:"" name:"dir" type:"existingdir" help:"Problem packages, or directories of them. Defaults to the built-in problems." predictor:"dir"`
}

// Help is the long text of docket problems verify --help.
func (*problemsVerifyCmd) Help() string {
	return `Examples:
  docket problems verify
  docket problems verify --problem range-sums
  docket problems verify my-problems/two-heaps

Loads each package, makes its generated tests, runs its input validators over
every input and judges every example submission, in the same boxes as a worker.
Needs the engine and the images (docket images build), neither server nor Redis.

Exit codes: 0 everything is as the packages say; 1 something is not, or a package
is refused; 2 wrong usage; 3 verifying failed.`
}

// verifyTarget is one package to verify, in the catalogue that holds it.
type verifyTarget struct {
	slug    judge.Slug
	catalog *problems.Catalog
	pkg     *problems.Package
}

// verification is what --json prints.
type verification struct {
	OK       bool                    `json:"ok"`
	Problems []problems.VerifyReport `json:"problems"`
	Refused  []refusedPackage        `json:"refused,omitempty"`
}

// refusedPackage is a package that cannot be loaded.
type refusedPackage struct {
	Problem judge.Slug         `json:"problem"`
	Reasons []problems.Refusal `json:"reasons"`
}

func refusalOf(slug judge.Slug, err error) refusedPackage {
	var broken *problems.BrokenError
	if errors.As(err, &broken) {
		return refusedPackage{slug, broken.Refusals}
	}
	return refusedPackage{slug, []problems.Refusal{{Path: ".", Reason: err.Error()}}}
}

// Run verifies and prints.
func (c *problemsVerifyCmd) Run(ctx context.Context, p *process) error {
	return exitFor(c.run(ctx, p))
}

func (c *problemsVerifyCmd) run(ctx context.Context, p *process) error {
	log := slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	var targets []verifyTarget
	lanes := &lazySandbox{open: func() (*sandbox.Docker, error) {
		flags := workerFlags{Slots: c.Slots, Languages: languagesOf(targets), BoxReuse: c.BoxReuse, Runtime: c.Runtime, ArtifactCache: 32}
		if err := flags.AfterApply(); err != nil {
			return nil, usageError("%w", err)
		}
		return flags.sandbox(ctx, sandbox.WorkerID(), "", log)
	}}
	defer lanes.close(log)
	targets, refused, err := c.targets(ctx, lanes)
	if err != nil {
		return err
	}
	out := verification{OK: len(refused) == 0, Problems: []problems.VerifyReport{}, Refused: refused}
	for _, t := range targets {
		r, err := c.verify(ctx, p, lanes, t, log)
		if err != nil {
			return err
		}
		out.Problems = append(out.Problems, r)
		out.OK = out.OK && !r.Surprise()
	}
	if c.JSON {
		err = printJSON(p.stdout, out)
	} else {
		err = out.print(p.stdout, colourful(p))
	}
	if err == nil && !out.OK {
		err = &exitError{code: exitNo}
	}
	return err
}

// languagesOf are the languages whose boxes are worth warming.
func languagesOf(targets []verifyTarget) []judge.Language {
	var out []judge.Language
	for _, l := range judge.Languages() {
		if slices.ContainsFunc(targets, func(t verifyTarget) bool {
			return slices.ContainsFunc(t.pkg.Submissions, func(s problems.Submission) bool { return s.Language == l })
		}) {
			out = append(out, l)
		}
	}
	return out
}

func (c *problemsVerifyCmd) verify(ctx context.Context, p *process, sb judge.Sandbox, t verifyTarget, log *slog.Logger) (problems.VerifyReport, error) {
	line := newStatusLine(p)
	defer line.clear()
	line.say(string(t.slug), string(t.slug), "  making its tests ready")
	var (
		mu   sync.Mutex
		done int
	)
	total := 0
	for _, s := range t.pkg.Submissions {
		if strings.Contains(s.Name, c.Submission) {
			total++
		}
	}
	if total == 0 && c.Submission != "" {
		return problems.VerifyReport{Problem: t.slug}, nil
	}
	judger := judge.NewJudge(judge.JudgeConfig{Sandbox: sb, Problems: t.catalog, Log: log})
	return problems.Verify(ctx, sb, t.pkg, problems.VerifyOptions{
		Judge: judger, Forge: t.catalog.Forge(), Only: c.Submission,
		Done: func(row problems.VerifyRow) {
			mu.Lock()
			defer mu.Unlock()
			done++
			head := fmt.Sprintf("%s  %d/%d", t.slug, done, total)
			line.say(head, head, fmt.Sprintf("  %-3s  %s", row.Got, printableLine(row.Submission)))
		},
	})
}

// targets finds the packages that the arguments mean, and those among them
// that are refused.
func (c *problemsVerifyCmd) targets(ctx context.Context, sb judge.Sandbox) (all []verifyTarget, refused []refusedPackage, err error) {
	type place struct {
		root fs.FS
		only judge.Slug // the one package of it that is meant, or ""
	}
	var places []place
	for _, dir := range c.Dirs {
		only := judge.Slug("")
		if _, err := os.Stat(filepath.Join(dir, "problem.yaml")); err == nil {
			abs, err := filepath.Abs(dir)
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", dir, err)
			}
			if dir, only = filepath.Dir(abs), judge.Slug(filepath.Base(abs)); !judge.ValidSlug(string(only)) {
				return nil, nil, usageError("%s: a package's directory is named in lower-case letters, digits and dashes", abs)
			}
		}
		root, err := problems.DirRoot(dir)
		if err != nil {
			return nil, nil, err
		}
		places = append(places, place{root, only})
	}
	if len(c.Dirs) == 0 {
		places = append(places, place{root: problems.Builtin()})
	}
	found := make(map[judge.Slug]bool)
	for _, at := range places {
		catalog, err := problems.NewCatalog(problems.CatalogConfig{Roots: []fs.FS{at.root}, CacheDir: c.TestsDir, Sandbox: sb})
		if err != nil {
			return nil, nil, err
		}
		slugs := []judge.Slug{at.only}
		if at.only == "" {
			if slugs, err = packagesOf(ctx, catalog); err != nil {
				return nil, nil, err
			}
		}
		for _, slug := range slugs {
			if len(c.Problem) > 0 && !slices.Contains(c.Problem, slug) {
				continue
			}
			found[slug] = true
			pkg, err := catalog.Package(ctx, slug)
			if err != nil {
				refused = append(refused, refusalOf(slug, err))
				continue
			}
			all = append(all, verifyTarget{slug, catalog, pkg})
		}
	}
	for _, slug := range c.Problem {
		if !found[slug] {
			return nil, nil, usageError("--problem: there is no package %q in %s", slug, where(c.Dirs))
		}
	}
	if len(found) == 0 {
		return nil, nil, usageError("there is no problem package in %s", where(c.Dirs))
	}
	return all, refused, nil
}

func where(dirs []string) string {
	if len(dirs) == 0 {
		return "the built-in problems"
	}
	return strings.Join(dirs, ", ")
}

// packagesOf lists the packages of a catalogue, broken ones included.
func packagesOf(ctx context.Context, c *problems.Catalog) ([]judge.Slug, error) {
	broken, err := c.Broken(ctx)
	if err != nil {
		return nil, err
	}
	slugs := slices.Collect(maps.Keys(broken))
	for cursor := ""; ; {
		page, next, err := c.List(ctx, problems.Query{Cursor: cursor, Limit: judge.MaxPage})
		if err != nil {
			return nil, err
		}
		for _, s := range page {
			slugs = append(slugs, s.Slug)
		}
		if next == "" {
			slices.Sort(slugs)
			return slugs, nil
		}
		cursor = next
	}
}

// lazySandbox opens the engine when the first slot is wanted: packages that
// are refused, or have nothing to run, need none.
type lazySandbox struct {
	open func() (*sandbox.Docker, error)

	once   sync.Once
	docker *sandbox.Docker
	err    error
}

// Acquire waits for a free slot.
func (l *lazySandbox) Acquire(ctx context.Context) (judge.Slot, error) {
	l.once.Do(func() { l.docker, l.err = l.open() })
	if l.err != nil {
		return nil, l.err
	}
	return l.docker.Acquire(ctx)
}

func (l *lazySandbox) close(log *slog.Logger) {
	l.once.Do(func() { l.err = errors.New("the sandbox is closed") })
	if l.docker == nil {
		return
	}
	if err := l.docker.Close(); err != nil {
		log.Warn("closing sandbox", "err", err)
	}
}
