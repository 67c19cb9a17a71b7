package problems

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/docketjudge/docket/judge"
)

// CatalogConfig says where a catalogue finds its problems.
type CatalogConfig struct {
	// Roots are trees with a directory per problem. A slug is looked for in
	// the last root first, so that operators can replace a built-in problem.
	Roots []fs.FS
	// Tests puts generated tests in place. Without it, problems that have any
	// can be shown but not judged: asking for one is [ErrNotMade].
	Tests TestMaker
	// Recheck is how long a package is trusted before its files are looked at
	// for changes. Defaults to 2 s.
	Recheck time.Duration
}

// TestMaker completes a package's problem with its generated tests. It may make
// them, which takes a slot of a sandbox: callers must not hold one. An error
// wraps [ErrNotMade] when a test is not there and cannot be made here.
type TestMaker interface {
	Problem(ctx context.Context, pkg *Package) (*judge.Problem, error)
}

// noTests is a TestMaker that has no generated tests.
type noTests struct{}

func (noTests) Problem(_ context.Context, pkg *Package) (*judge.Problem, error) {
	if len(pkg.Generate) > 0 {
		return nil, fmt.Errorf("problem %s: %w", pkg.Problem.Slug, ErrNotMade)
	}
	return pkg.Problem, nil
}

// Catalog finds problems in directories and keeps them loaded until their
// files change. It is safe for concurrent use.
type Catalog struct {
	roots   []fs.FS
	tests   TestMaker
	recheck time.Duration
	now     func() time.Time

	mu     sync.Mutex
	loaded map[judge.Slug]*entry
}

var _ judge.Catalog = (*Catalog)(nil)

// entry is a package as it was when last looked at.
type entry struct {
	mu   sync.Mutex
	root int
	mark string // of the files
	seen time.Time
	state
}

// state is what is known of a package.
type state struct {
	pkg   *Package
	err   error
	ready *judge.Problem // with generated tests in place
}

// setReady remembers the problem of a package, unless the package has changed.
func (e *entry) setReady(pkg *Package, ready *judge.Problem) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pkg == pkg {
		e.ready = ready
	}
}

// NewCatalog makes a catalogue. It reads nothing yet.
func NewCatalog(c CatalogConfig) (*Catalog, error) {
	if len(c.Roots) == 0 {
		return nil, errors.New("catalogue: no roots are given")
	}
	if c.Tests == nil {
		c.Tests = noTests{}
	}
	if c.Recheck <= 0 {
		c.Recheck = 2 * time.Second
	}
	return &Catalog{roots: c.Roots, tests: c.Tests, recheck: c.Recheck,
		now: time.Now, loaded: map[judge.Slug]*entry{}}, nil
}

// Problem returns a problem that can be judged, with its generated tests in
// place. Making them may take a slot of a sandbox: callers must not hold one.
func (c *Catalog) Problem(ctx context.Context, slug judge.Slug) (*judge.Problem, error) {
	e, known, err := c.look(slug)
	if err != nil {
		return nil, err
	}
	if known.err != nil || known.ready != nil {
		return known.ready, known.err
	}
	// Readers of the package do not wait while tests are made.
	ready, err := c.tests.Problem(ctx, known.pkg)
	if err != nil {
		return nil, err
	}
	e.setReady(known.pkg, ready)
	return ready, nil
}

// Package returns all that is known of a problem, without making tests. It
// returns a judge.Error of CodeNotFound when there is none, and a BrokenError
// when there is one that cannot be used.
func (c *Catalog) Package(_ context.Context, slug judge.Slug) (*Package, error) {
	_, known, err := c.look(slug)
	if err != nil {
		return nil, err
	}
	return known.pkg, known.err
}

// Prepare makes the generated tests of every problem, so that no submission
// has to wait for them. It goes on after a failure and returns all of them.
func (c *Catalog) Prepare(ctx context.Context) error {
	slugs, err := c.Slugs()
	if err != nil {
		return err
	}
	var errs []error
	for _, slug := range slugs {
		if err := ctx.Err(); err != nil {
			return errors.Join(append(errs, err)...)
		}
		if _, err := c.Problem(ctx, slug); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// Broken lists the problems that were refused, with the reasons.
func (c *Catalog) Broken(ctx context.Context) (map[judge.Slug]error, error) {
	slugs, err := c.Slugs()
	if err != nil {
		return nil, err
	}
	out := map[judge.Slug]error{}
	for _, slug := range slugs {
		if _, err := c.Package(ctx, slug); err != nil {
			out[slug] = err
		}
	}
	return out, nil
}

// List returns a page of problems in order of their slugs, and the cursor of
// the next page or "". Problems that cannot be used are not in it; see Broken.
func (c *Catalog) List(ctx context.Context, q Query) ([]Summary, string, error) {
	limit := q.Limit
	if limit == 0 {
		limit = 50
	}
	limit = min(max(limit, 1), judge.MaxPage)
	slugs, err := c.Slugs()
	if err != nil {
		return nil, "", err
	}
	out := []Summary{}
	for _, slug := range slugs {
		if string(slug) <= q.Cursor {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, "", err
		}
		pkg, err := c.Package(ctx, slug)
		if err != nil || !q.matches(pkg) {
			continue
		}
		if len(out) == limit {
			return out, string(out[limit-1].Slug), nil
		}
		out = append(out, pkg.summary())
	}
	return out, "", nil
}

// Slugs lists all problems in order, those that cannot be used too.
func (c *Catalog) Slugs() ([]judge.Slug, error) {
	set := map[judge.Slug]bool{}
	for _, root := range c.roots {
		entries, err := fs.ReadDir(root, ".")
		if err != nil {
			return nil, fmt.Errorf("listing problems: %w", err)
		}
		for _, e := range entries {
			if judge.ValidSlug(e.Name()) && isPackage(root, e.Name()) {
				set[judge.Slug(e.Name())] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set)), nil
}

// isPackage reports whether a directory has a problem.yaml. Whether that is one
// that can be read is for the loader to say.
func isPackage(root fs.FS, dir string) bool {
	info, err := fs.Lstat(root, dir+"/problem.yaml")
	return err == nil && !info.IsDir()
}

// look brings a problem's entry up to date and returns it with what is known.
func (c *Catalog) look(slug judge.Slug) (*entry, state, error) {
	root := -1
	if judge.ValidSlug(string(slug)) {
		for i := len(c.roots) - 1; i >= 0 && root < 0; i-- {
			if isPackage(c.roots[i], string(slug)) {
				root = i
			}
		}
	}
	if root < 0 {
		c.mu.Lock()
		delete(c.loaded, slug)
		c.mu.Unlock()
		return nil, state{}, judge.NotFound("there is no problem %q", clip(string(slug)))
	}
	c.mu.Lock()
	e := c.loaded[slug]
	if e == nil {
		e = &entry{root: -1}
		c.loaded[slug] = e
	}
	c.mu.Unlock()

	e.mu.Lock()
	defer e.mu.Unlock()
	now := c.now()
	if e.root == root && now.Sub(e.seen) < c.recheck {
		return e, e.state, nil
	}
	dir, err := fs.Sub(c.roots[root], string(slug))
	if err != nil {
		return nil, state{}, fmt.Errorf("loading problem %s: %w", slug, err)
	}
	mark, err := fingerprint(dir)
	if err != nil {
		return nil, state{}, fmt.Errorf("loading problem %s: %w", slug, err)
	}
	if e.root != root || e.mark != mark {
		e.pkg, e.err = Load(dir, slug)
		e.ready, e.root, e.mark = nil, root, mark
	}
	e.seen = now
	return e, e.state, nil
}

// fingerprint changes whenever a file is added, removed or written.
func fingerprint(fsys fs.FS) (string, error) {
	var b strings.Builder
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		size := info.Size()
		if d.IsDir() {
			size = 0
		}
		_, _ = fmt.Fprintf(&b, "%s %d %d\n", p, size, info.ModTime().UnixNano())
		return nil
	})
	return b.String(), err
}
