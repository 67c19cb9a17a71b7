package workshop

import (
	"archive/zip"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/harness"
	"github.com/docketjudge/docket/problems/harness/signature"
)

// ExportLayout is where the files of a package lie in an archive.
type ExportLayout string

// The layouts of archives.
const (
	// LayoutICPC is that of the format: one directory, named as [ExportName]
	// says.
	LayoutICPC ExportLayout = "icpc"
	// LayoutDOMjudge is what DOMjudge reads: no directory, and files of its own
	// for the time limit and for where programs begin.
	LayoutDOMjudge ExportLayout = "domjudge"
)

// ExportOptions say what an archive is to be.
type ExportOptions struct {
	// Files are those of the package, as they were loaded. Required.
	Files fs.FS
	// Layout defaults to LayoutICPC.
	Layout ExportLayout
	// To takes the archive. Required.
	To io.Writer
}

// Export writes a package as a zip archive that other judges of the ICPC format
// take: generated tests are files in it, what only Docket reads is left out or
// said in the format's own way, and the solutions of a function problem are
// programs with their drivers. The drivers are not in include/, where the format
// has a place for files that are added to every submission: not every judge looks
// there, and a driver's Go files form packages that no other judge compiles.
// A concurrency problem is refused with [harness.ErrNotAlone].
func (b *Bench) Export(ctx context.Context, pkg *problems.Package, opts ExportOptions) error {
	if b.Forge == nil {
		return fmt.Errorf("exporting %s: the bench has no forge", pkg.Problem.Slug)
	}
	if h, ok := pkg.Problem.Harness.(*harness.Harness); ok && h.Signature().Concurrent() {
		return fmt.Errorf("exporting %s: %w", pkg.Problem.Slug, harness.ErrNotAlone)
	}
	ready, err := b.Forge.Problem(ctx, pkg)
	if err != nil {
		return err
	}
	x := &exportRun{pkg: pkg, fsys: opts.Files, zip: zip.NewWriter(opts.To)}
	steps := []func() error{
		func() error { return x.copyFiles(ctx) },
		func() error { return x.tests(ctx, ready) },
		x.submissions, x.validator,
	}
	if opts.Layout == LayoutDOMjudge {
		steps = append(steps, x.domjudge)
	} else {
		x.dir = ExportName(pkg.Problem.Slug)
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return fmt.Errorf("exporting %s: %w", pkg.Problem.Slug, err)
		}
	}
	return x.zip.Close()
}

// ExportName is the slug as the format takes the name of a directory: without
// dashes.
func ExportName(slug judge.Slug) string { return strings.ReplaceAll(string(slug), "-", "") }

// exportRun is one run of Export.
type exportRun struct {
	pkg  *problems.Package
	fsys fs.FS
	dir  string // in the archive; empty for its top
	zip  *zip.Writer
	// begins is where the programs that are directories begin: the name of a
	// Python file or of a Java class, by directory.
	begins map[string]string
}

// archiveTime is when all files of an archive were made, so that the same package
// gives the same bytes.
var archiveTime = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func (x *exportRun) create(name string) (io.Writer, error) {
	return x.zip.CreateHeader(&zip.FileHeader{Name: path.Join(x.dir, name), Method: zip.Deflate, Modified: archiveTime})
}

func (x *exportRun) write(name, text string) error {
	w, err := x.create(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text)
	return err
}

// exportedDirs are the directories that the format has. What else lies in that
// of a package is its author's own.
var exportedDirs = []string{"attachments", "data", "input_format_validators", "input_validators", "input_visualizer", "output_validator",
	"output_validators", "output_visualizer", "problem_statement", "solution", "statement", "submissions"}

// copyFiles copies everything that needs no change and is part of the package:
// files that were there when it was loaded, in directories of the format.
func (x *exportRun) copyFiles(ctx context.Context) error {
	function := x.pkg.Problem.Harness != nil
	for _, p := range x.pkg.Files {
		top, _, below := strings.Cut(p, "/")
		switch {
		case p == "problem.yaml":
			if err := x.metadata(); err != nil {
				return err
			}
			continue
		case !below || !slices.Contains(exportedDirs, top), function && top == "submissions" && p != problems.SubmissionsFile:
			continue
		}
		f, err := x.fsys.Open(p)
		if err != nil {
			return err
		}
		if err := errors.Join(x.copy(ctx, p, f), f.Close()); err != nil {
			return err
		}
	}
	return nil
}

// copy adds a file, unless ctx ends before it is read.
func (x *exportRun) copy(ctx context.Context, name string, from io.Reader) error {
	w, err := x.create(name)
	if err == nil {
		_, err = io.Copy(w, interruptible{ctx, from})
	}
	return err
}

// interruptible reads until its context ends.
type interruptible struct {
	ctx context.Context //nolint:containedctx // a reader has no place for it
	r   io.Reader
}

func (r interruptible) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// tests adds the files of generated tests.
func (x *exportRun) tests(ctx context.Context, ready *judge.Problem) error {
	for _, g := range ready.Groups {
		for _, t := range g.Tests {
			if !x.pkg.Tests[t.Name].Generated {
				continue
			}
			if err := x.data(ctx, "data/"+t.Name+".in", t.Input); err != nil {
				return err
			}
			if err := x.data(ctx, "data/"+t.Name+".ans", t.Answer); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *exportRun) data(ctx context.Context, name string, d judge.Data) error {
	f, err := d.Open()
	if err != nil {
		return err
	}
	return errors.Join(x.copy(ctx, name, f), f.Close())
}

// submissions adds the solutions of a function problem as whole programs, each
// a directory with the name that the solution's file has, so that the patterns
// of submissions.yaml still mean it.
func (x *exportRun) submissions() error {
	h, ok := x.pkg.Problem.Harness.(*harness.Harness)
	if !ok {
		return nil
	}
	for _, s := range x.pkg.Submissions {
		if slices.Contains(x.pkg.LeftOut, s.Name) {
			continue
		}
		files, err := standalone(h, s)
		if err != nil {
			return fmt.Errorf("submission %s: %w", s.Name, err)
		}
		slices.SortFunc(files, func(a, b judge.File) int { return strings.Compare(a.Name, b.Name) })
		if err := x.directory("submissions/"+s.Name, s.Language); err != nil {
			return err
		}
		for _, f := range files {
			if err := x.write(path.Join("submissions", s.Name, f.Name), f.Content); err != nil {
				return err
			}
		}
	}
	return nil
}

// directory says that a program of a language is a directory. DOMjudge sees
// only those that an archive names by themselves.
func (x *exportRun) directory(name string, lang judge.Language) error {
	if x.begins == nil {
		x.begins = map[string]string{}
	}
	switch lang {
	case judge.Java:
		x.begins[name] = "Main"
	case judge.Python:
		x.begins[name] = judge.Python.MainFile()
	}
	_, err := x.zip.CreateHeader(&zip.FileHeader{Name: path.Join(x.dir, name) + "/", Modified: archiveTime})
	return err
}

// standalone makes a program that begins where the format says that programs
// begin: in main.py, and in a Java class Main.
func standalone(h *harness.Harness, s problems.Submission) ([]judge.File, error) {
	files := slices.Clone(s.Files)
	main := judge.Python.MainFile()
	if s.Language == judge.Python && len(files) == 1 && files[0].Name == main {
		files[0].Name = "solution.py"
	}
	files, err := h.Standalone(s.Language, files)
	if err != nil {
		return nil, err
	}
	has := func(name string) bool {
		return slices.ContainsFunc(files, func(f judge.File) bool { return f.Name == name })
	}
	switch {
	case s.Language == judge.Python && !has(main):
		for i := range files {
			if files[i].Name == "__main__.py" {
				files[i].Name = main
			}
		}
	case s.Language == judge.Java && !has("Main.java"):
		files = append(files, judge.File{Name: "Main.java", Content: javaPackageClause(files) + javaEntry})
	}
	return files, nil
}

// javaEntry hands on to the driver.
const javaEntry = `/** Where the program begins. */
public class Main {
    public static void main(String[] args) throws Throwable {
        DocketMain.main(args);
    }
}
`

// javaPackageClause is that of the driver, which is in the solution's package.
func javaPackageClause(files []judge.File) string {
	for _, f := range files {
		if first, _, _ := strings.Cut(f.Content, "\n"); f.Name == "DocketMain.java" && strings.HasPrefix(first, "package ") {
			return first[:strings.Index(first, ";")+1] + "\n\n"
		}
	}
	return ""
}

//go:embed export_validate.py
var exportValidator string

// validator adds what compares the results of a function problem, where the
// problem has nothing of its own for that: the format's comparison of words
// knows neither of numbers in JSON nor of the blanks in a text.
func (x *exportRun) validator() error {
	h, ok := x.pkg.Problem.Harness.(*harness.Harness)
	if !ok || x.pkg.Problem.Validation.Validator != nil {
		return nil
	}
	return x.write("output_validator/validate.py", strings.ReplaceAll(exportValidator, "@DOUBLES@", pythonDoubles(h.Signature())))
}

// pythonDoubles tells whether a problem's results are doubles: True, False, or
// for a class that has both which call's are.
func pythonDoubles(s *signature.Signature) string {
	words := map[bool]string{true: "True", false: "False"}
	var calls []string
	some, all := false, true
	for _, c := range s.Calls {
		double := false
		for t := c.Result; t != nil; t = t.Elem {
			double = double || t.Kind == signature.Double
		}
		calls = append(calls, fmt.Sprintf("%q: %s", c.Name, words[double]))
		some, all = some || double, all && (double || c.Result == nil)
	}
	if some && !all {
		return "{" + strings.Join(calls, ", ") + "}"
	}
	return words[some]
}
