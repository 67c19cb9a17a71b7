package problems

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness"
)

// Export writes a package as a zip archive that other judges of the ICPC format
// take: generated tests are files in it, what only Docket reads is left out or
// said in the format's own way, and the solutions of a function problem are
// programs with their drivers. The archive's one directory bears the slug.
func Export(ctx context.Context, pkg *Package, fsys fs.FS, forge *Forge, to io.Writer) error {
	ready, err := forge.Problem(ctx, pkg)
	if err != nil {
		return err
	}
	x := &exporter{pkg: pkg, fsys: fsys, zip: zip.NewWriter(to)}
	for _, step := range []func() error{x.copyFiles, func() error { return x.tests(ready) }, x.submissions} {
		if err := step(); err != nil {
			return fmt.Errorf("exporting %s: %w", pkg.Problem.Slug, err)
		}
	}
	return x.zip.Close()
}

type exporter struct {
	pkg  *Package
	fsys fs.FS
	zip  *zip.Writer
}

// exported is when all files of an archive were made, so that the same package
// gives the same bytes.
var exported = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func (x *exporter) create(name string) (io.Writer, error) {
	return x.zip.CreateHeader(&zip.FileHeader{
		Name: path.Join(string(x.pkg.Problem.Slug), name), Method: zip.Deflate, Modified: exported})
}

func (x *exporter) write(name, text string) error {
	w, err := x.create(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text)
	return err
}

// copyFiles copies everything that needs no change.
func (x *exporter) copyFiles() error {
	function := x.pkg.Problem.Harness != nil
	return fs.WalkDir(x.fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		top, _, _ := strings.Cut(p, "/")
		switch {
		case p == docketFile, p == signatureFile, p == "problem.yaml":
			if p == "problem.yaml" {
				return x.metadata()
			}
			return nil
		case function && top == "submissions" && p != submissionsFile, top == "generators":
			return nil
		}
		f, err := x.fsys.Open(p)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		w, err := x.create(p)
		if err == nil {
			_, err = io.Copy(w, f)
		}
		return err
	})
}

// metadata writes problem.yaml with the time limit that no language is held
// below: the format has one for all.
func (x *exporter) metadata() error {
	text, err := fs.ReadFile(x.fsys, "problem.yaml")
	if err != nil {
		return err
	}
	limit := x.pkg.Problem.Limits.WithDefaults().CPU
	for _, l := range x.pkg.Problem.LanguageLimits {
		limit = max(limit, l.WithDefaults().CPU)
	}
	lines := strings.Split(string(text), "\n")
	for i, line := range lines {
		if before, _, ok := strings.Cut(line, "time_limit:"); ok && strings.TrimSpace(before) == "" {
			lines[i] = fmt.Sprintf("%stime_limit: %g", before, limit.Seconds())
		}
	}
	return x.write("problem.yaml", strings.Join(lines, "\n"))
}

// tests adds the files of generated tests.
func (x *exporter) tests(ready *judge.Problem) error {
	for _, g := range ready.Groups {
		for _, t := range g.Tests {
			if !x.pkg.Tests[t.Name].Generated {
				continue
			}
			for ending, d := range map[string]judge.Data{".in": t.Input, ".ans": t.Answer} {
				if err := x.data("data/"+t.Name+ending, d); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (x *exporter) data(name string, d judge.Data) error {
	f, err := d.Open()
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	w, err := x.create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, f)
	return err
}

// submissions adds the solutions of a function problem as whole programs, each
// a directory.
func (x *exporter) submissions() error {
	h, ok := x.pkg.Problem.Harness.(*harness.Harness)
	if !ok {
		return nil
	}
	for _, s := range x.pkg.Submissions {
		files, err := h.Standalone(s.Language, s.Files)
		if err != nil {
			return fmt.Errorf("submission %s: %w", s.Name, err)
		}
		slices.SortFunc(files, func(a, b judge.File) int { return strings.Compare(a.Name, b.Name) })
		dir := strings.ReplaceAll(s.Name, ".", "_")
		for _, f := range files {
			if err := x.write(path.Join("submissions", dir, f.Name), f.Content); err != nil {
				return err
			}
		}
	}
	return nil
}
