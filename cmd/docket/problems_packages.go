package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// packageFlags say which problem packages a command is about. The command sets
// what its help says of the built-in problems, which are meant where no
// directory is named.
type packageFlags struct {
	Problem  []judge.Slug `help:"Only these problems. May be repeated." placeholder:"SLUG" env:"-"`
	TestsDir string       `help:"Where generated tests are kept. Defaults to docket/tests in the user's cache directory." placeholder:"DIR"`
	Dirs     []string     `arg:"" optional:"" name:"dir" type:"existingdir" help:"Problem packages, or directories of them. ${builtin}" predictor:"dir"`
}

// target is a package that a command is about, in the catalogue that holds it.
type target struct {
	slug    judge.Slug
	dir     string // "" of a built-in problem
	catalog *catalog
	pkg     *problems.Package
}

// targets finds the packages that the arguments mean, and those among them
// that are refused.
func (f packageFlags) targets(ctx context.Context, sb judge.Sandbox) (all []target, refused []refusedPackage, err error) {
	found, err := f.find(sb)
	if err != nil {
		return nil, nil, err
	}
	for _, t := range found {
		if t.pkg, err = t.catalog.Package(ctx, t.slug); err != nil {
			refused = append(refused, refusalOf(t.slug, err))
			continue
		}
		all = append(all, t)
	}
	return all, refused, nil
}

// find does the same, and reads nothing of the packages yet.
func (f packageFlags) find(sb judge.Sandbox) ([]target, error) {
	var found []target
	add := func(root fs.FS, dir string, only judge.Slug) error {
		catalog, err := openCatalog([]fs.FS{root}, f.TestsDir, sb)
		if err != nil {
			return err
		}
		slugs := []judge.Slug{only}
		if only == "" {
			if slugs, err = catalog.Slugs(); err != nil {
				return err
			}
		}
		for _, slug := range slugs {
			t := target{slug: slug, catalog: catalog}
			if dir != "" {
				t.dir = filepath.Join(dir, string(slug))
			}
			found = append(found, t)
		}
		return nil
	}
	for _, dir := range f.Dirs {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
		var only judge.Slug
		if isPackage(abs) {
			if abs, only, err = splitPackage(abs); err != nil {
				return nil, err
			}
		}
		root, err := problems.DirRoot(abs)
		if err != nil {
			return nil, err
		}
		before := len(found)
		if err := add(root, abs, only); err != nil {
			return nil, err
		}
		if len(found) == before {
			return nil, usageError("there is no problem package in %s", printableLine(dir))
		}
	}
	if len(f.Dirs) == 0 {
		if err := add(problems.Builtin(), "", ""); err != nil {
			return nil, err
		}
	}
	return f.selected(found)
}

// selected leaves the packages that --problem names.
func (f packageFlags) selected(found []target) ([]target, error) {
	if len(f.Problem) == 0 {
		return found, nil
	}
	for _, slug := range f.Problem {
		if !slices.ContainsFunc(found, func(t target) bool { return t.slug == slug }) {
			where := strings.Join(f.Dirs, ", ")
			if where == "" {
				where = "the built-in problems"
			}
			return nil, usageError("--problem: there is no package %q in %s", slug, printableLine(where))
		}
	}
	return slices.DeleteFunc(found, func(t target) bool { return !slices.Contains(f.Problem, t.slug) }), nil
}

// isPackage reports whether a directory is a problem package.
func isPackage(dir string) bool {
	info, err := os.Lstat(filepath.Join(dir, "problem.yaml"))
	return err == nil && !info.IsDir()
}

// splitPackage divides the directory of a package into that of its catalogue
// and its name there.
func splitPackage(dir string) (parent string, slug judge.Slug, err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return "", "", err
	}
	if slug = judge.Slug(filepath.Base(dir)); !judge.ValidSlug(string(slug)) {
		return "", "", usageError("%s: a package's directory is named in lower-case letters, digits and dashes", printableLine(dir))
	}
	return filepath.Dir(dir), slug, nil
}

// languagesOf are the languages whose boxes are worth warming.
func languagesOf(targets []target) []judge.Language {
	var out []judge.Language
	for _, l := range judge.Languages() {
		if slices.ContainsFunc(targets, func(t target) bool {
			return slices.ContainsFunc(t.pkg.Submissions, func(s problems.Submission) bool { return s.Language == l })
		}) {
			out = append(out, l)
		}
	}
	return out
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

// printRefused writes why packages are refused.
func printRefused(b *strings.Builder, all []refusedPackage, colourful bool) {
	for _, r := range all {
		b.WriteString(bold.on(printableLine(string(r.Problem)), colourful) + "\n" + red.on("refused", colourful) + "\n")
		for _, reason := range r.Reasons {
			b.WriteString("  " + printableLine(reason.String()) + "\n")
		}
		b.WriteByte('\n')
	}
}

// findings are what an author's command found.
type findings interface {
	print(w io.Writer, colourful bool) error
}

// conclude prints what an author's command found. It ends with exit code 1
// when that is not as it should be.
func conclude(p *process, out findings, asJSON, ok bool) error {
	var err error
	if asJSON {
		err = printJSON(p.stdout, out)
	} else {
		err = out.print(p.stdout, colourful(p))
	}
	if err == nil && !ok {
		err = &exitError{code: exitNo}
	}
	return err
}
