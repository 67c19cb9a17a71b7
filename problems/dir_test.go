package problems_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/problems"
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
			writeDir(t, filepath.Join(top, "double"), minimal)
			writeDir(t, filepath.Join(top, "other"), minimal.with(files{"docket.yaml": "difficulty: easy\n"}))
			writeDir(t, filepath.Dir(top), files{"secret.txt": "secret", "home/secret.txt": "secret"})
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
				_, err := problems.NewForge(t.TempDir(), nil).Generate(t.Context(), dir, problems.GenerateOptions{})
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
	writeDir(t, top, in("alpha", minimal))
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
	writeDir(t, top, in("alpha", minimal))
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
	writeDir(t, top, in("alpha", minimal))
	if got := content(t, pkg.Problem.Groups[1].Tests[0].Answer); got != "4\n" {
		t.Errorf("the answer is %q", got)
	}
}

// pipe makes a pipe, at which whoever opens it waits for a writer.
func pipe(t *testing.T, name string) {
	t.Helper()
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Pipes are refused where a file is meant, and never opened.
func TestPipesAreRefused(t *testing.T) {
	top := t.TempDir()
	writeDir(t, top, in("double", minimal))
	pipe(t, filepath.Join(top, "double/attachments.txt"))
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

	writeDir(t, top, in("old", legacy.with(files{".timelimit": gone, "problem.yaml": legacy["problem.yaml"] + "limits: {time_limit: 3}\n"})))
	if err := os.RemoveAll(filepath.Join(top, "old/.timelimit")); err != nil {
		t.Fatal(err)
	}
	pipe(t, filepath.Join(top, "old/.timelimit"))
	if _, err := problems.LoadDir(filepath.Join(top, "old")); err != nil {
		t.Error(err)
	}
}

// An archive has what the format knows of, and nothing else that lies about in
// the directory.
func TestExportCopiesThePackageAlone(t *testing.T) {
	top := t.TempDir()
	writeDir(t, top, in("double", minimal.with(files{
		".env": "SECRET", ".git/HEAD": "ref", "data/secret/.1.in.swp": "old", "data/.git/HEAD": "ref", "id_rsa": "SECRET",
		"notes/todo.txt": "more tests", "attachments/table.txt": "1", "docket.yaml": "difficulty: easy\n", "generators/g.py": "print(1)\n",
	})))
	pipe(t, filepath.Join(top, "double/.fifo"))
	pipe(t, filepath.Join(top, "double/data/.fifo"))
	root, err := problems.DirRoot(top)
	if err != nil {
		t.Fatal(err)
	}
	catalog := newCatalog(t, problems.CatalogConfig{Roots: []fs.FS{root}})
	pkg, err := catalog.Package(t.Context(), "double")
	if err != nil {
		t.Fatal(err)
	}
	sub, err := fs.Sub(root, "double")
	if err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	if err := problems.Export(t.Context(), pkg, sub, problems.NewForge(t.TempDir(), nil), problems.LayoutICPC, &archive); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range z.File {
		got = append(got, strings.TrimPrefix(f.Name, "double/"))
	}
	slices.Sort(got)
	want := []string{"attachments/table.txt", "data/sample/1.ans", "data/sample/1.in", "data/secret/1.ans", "data/secret/1.in",
		"input_validators/v.py", "problem.yaml", "statement/problem.en.md", "submissions/accepted/README.md", "submissions/accepted/a.py",
		"submissions/wrong_answer/w.go"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := problems.Export(ctx, pkg, sub, problems.NewForge(t.TempDir(), nil), problems.LayoutICPC, &archive); !errors.Is(err, context.Canceled) {
		t.Errorf("told to end, it ended with %v", err)
	}
	// What has become a pipe or leads elsewhere since it was loaded is not read.
	name := filepath.Join(top, "double/attachments/table.txt")
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	pipe(t, name)
	if err := problems.Export(t.Context(), pkg, sub, problems.NewForge(t.TempDir(), nil), problems.LayoutICPC, &archive); err == nil {
		t.Error("a pipe was exported")
	}
}
