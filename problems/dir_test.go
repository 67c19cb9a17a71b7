package problems_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
	"github.com/docketjudge/docket/problems/problemstest"
)

// link makes a symbolic link in a package below a directory of packages.
func link(t *testing.T, to, from string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(from), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(to, from); err != nil {
		t.Fatal(err)
	}
}

// A catalogue opens the directory above its packages, but a package is a world
// of its own: neither its neighbours nor what lies beside them are part of it.
func TestPackagesDoNotSeeTheirNeighbours(t *testing.T) {
	for file, to := range map[string]string{
		"statement/notes.md":         "../../secret.txt",
		"LICENSE":                    "../secret.txt",
		"data/secret/2.in":           "../../../other/data/secret/1.in",
		"input_validators/w.py":      "../../other/input_validators/v.py",
		"docket.yaml":                "../other/docket.yaml",
		"problem.yaml":               "../other/problem.yaml",
		"attachments/outside.txt":    "../../../secret.txt",
		"attachments/absolute.txt":   "/etc/passwd",
		"attachments/nowhere.txt":    "nothing.txt",
		"attachments/directory":      "../data",
		"attachments/over_there.txt": "../statement/chain.md",
	} {
		t.Run(file, func(t *testing.T) {
			top := filepath.Join(t.TempDir(), "home")
			problemstest.Write(t, filepath.Join(top, "double"), problemstest.Minimal)
			problemstest.Write(t, filepath.Join(top, "other"), problemstest.Minimal.With(problemstest.Files{"docket.yaml": "difficulty: easy\n"}))
			problemstest.Write(t, filepath.Dir(top), problemstest.Files{"secret.txt": "secret", "home/secret.txt": "secret"})
			dir := filepath.Join(top, "double")
			if file == "problem.yaml" {
				if err := os.Remove(filepath.Join(dir, file)); err != nil {
					t.Fatal(err)
				}
			}
			if strings.HasSuffix(to, "chain.md") {
				link(t, "../../secret.txt", filepath.Join(dir, "statement/chain.md"))
			}
			link(t, to, filepath.Join(dir, file))

			root, err := problems.DirRoot(top)
			if err != nil {
				t.Fatal(err)
			}
			catalog := newCatalog(t, problems.CatalogConfig{Roots: []fs.FS{root}})
			load := func() error { _, err := catalog.Package(t.Context(), "double"); return err }
			direct := func() error { _, err := problems.LoadDir(dir); return err }
			generate := func() error {
				_, err := forge.New(t.TempDir(), nil).Generate(t.Context(), dir, forge.GenerateOptions{})
				return err
			}
			for _, open := range []func() error{load, direct, generate} {
				var broken *problems.BrokenError
				if err := open(); !errors.As(err, &broken) {
					t.Fatalf("got %v", err)
				}
				if !slices.ContainsFunc(broken.Refusals, func(r problems.Refusal) bool {
					return r.Path == file && strings.HasPrefix(r.Reason, "is a link ")
				}) {
					t.Errorf("refused for %v", broken.Refusals)
				}
			}
			if _, err := catalog.Package(t.Context(), "other"); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestDirRootIsAFileSystem(t *testing.T) {
	top := t.TempDir()
	problemstest.Write(t, top, problemstest.In("alpha", problemstest.Minimal))
	root, err := problems.DirRoot(top)
	if err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(root, "alpha/problem.yaml", "alpha/data/secret/1.in"); err != nil {
		t.Error(err)
	}
}

// A package that another directory took the place of is read from there.
func TestPackagesMayBeReplaced(t *testing.T) {
	top := t.TempDir()
	problemstest.Write(t, top, problemstest.In("alpha", problemstest.Minimal))
	root, err := problems.DirRoot(top)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := newCatalog(t, problems.CatalogConfig{Roots: []fs.FS{root}}).Package(t.Context(), "alpha")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(top, "alpha")); err != nil {
		t.Fatal(err)
	}
	problemstest.Write(t, top, problemstest.In("alpha", problemstest.Minimal))
	if got := problemstest.Content(t, pkg.Problem.Groups[1].Tests[0].Answer); got != "4\n" {
		t.Errorf("the answer is %q", got)
	}
}

// Pipes are refused where a file is meant, and never opened.
func TestPipesAreRefused(t *testing.T) {
	top := t.TempDir()
	problemstest.Write(t, top, problemstest.In("double", problemstest.Minimal))
	problemstest.Pipe(t, filepath.Join(top, "double/attachments.txt"))
	root, err := problems.DirRoot(top)
	if err != nil {
		t.Fatal(err)
	}
	_, err = newCatalog(t, problems.CatalogConfig{Roots: []fs.FS{root}}).Package(t.Context(), "double")
	if err == nil || err.Error() != "problem double: attachments.txt: is neither a file nor a directory" {
		t.Errorf("got %v", err)
	}
	if f, err := root.Open("double/attachments.txt"); err == nil {
		t.Errorf("%v was opened", f)
	}

	problemstest.Write(t, top, problemstest.In("old", problemstest.Legacy.With(problemstest.Files{".timelimit": problemstest.Gone, "problem.yaml": problemstest.Legacy["problem.yaml"] + "limits: {time_limit: 3}\n"})))
	if err := os.RemoveAll(filepath.Join(top, "old/.timelimit")); err != nil {
		t.Fatal(err)
	}
	problemstest.Pipe(t, filepath.Join(top, "old/.timelimit"))
	if _, err := problems.LoadDir(filepath.Join(top, "old")); err != nil {
		t.Error(err)
	}
}
