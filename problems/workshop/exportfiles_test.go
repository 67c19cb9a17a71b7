package workshop_test

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
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
	"github.com/docketjudge/docket/problems/problemstest"
	"github.com/docketjudge/docket/problems/workshop"
)

func export(ctx context.Context, pkg *problems.Package, f *forge.Forge, opts workshop.ExportOptions) error {
	return (&workshop.Bench{Forge: f}).Export(ctx, pkg, opts)
}

// archived is the archive of a package whose tests fake programs make.
func archived(t *testing.T, f problemstest.Files, layout workshop.ExportLayout) ([]byte, *zip.Reader) {
	t.Helper()
	var archive bytes.Buffer
	made := forge.New(t.TempDir(), problemstest.NewSandbox(1, problemstest.Programs()))
	if err := export(t.Context(), problemstest.Load(t, f), made, workshop.ExportOptions{Files: f.FS(), Layout: layout, To: &archive}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range z.File {
		if !one.Modified.Equal(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s was made at %s", one.Name, one.Modified)
		}
	}
	return archive.Bytes(), z
}

// The same package gives the same bytes, whenever it is exported.
func TestExportsAreTheSameBytes(t *testing.T) {
	f := problemstest.WithGenerated(problemstest.Digest(problemstest.MadeInput), problemstest.Digest(problemstest.MadeAnswer))
	for _, layout := range []workshop.ExportLayout{workshop.LayoutICPC, workshop.LayoutDOMjudge} {
		first, z := archived(t, f, layout)
		generated := 0
		for _, one := range z.File {
			if strings.Contains(one.Name, "secret/2.") {
				generated++
			}
		}
		if generated != 2 {
			t.Errorf("%d files are of the generated test", generated)
		}
		for range 20 {
			if again, _ := archived(t, f, layout); !bytes.Equal(first, again) {
				t.Fatalf("%s: the bytes are others the second time", layout)
			}
		}
	}
}

// A solution in a package of Java begins in that package.
func TestExportsOfJavaPackages(t *testing.T) {
	const solution = "public class Solution {\n    public int f(int n) {\n        return n;\n    }\n}\n"
	for head, want := range map[string]string{"": "/** Where", "package app;\n\n": "package app;\n\n/** Where"} {
		_, z := archived(t, problemstest.Minimal.With(problemstest.Files{
			"signature.yaml":                       "function: f(n int) int\n",
			"submissions/accepted/a.py":            "def f(n):\n    return n\n",
			"submissions/wrong_answer/w.go":        problemstest.Gone,
			"submissions/accepted/j/Solution.java": head + solution,
		}), workshop.LayoutICPC)
		text, err := fs.ReadFile(z, "double/submissions/accepted/j/Main.java")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(text), want) || !strings.Contains(string(text), "public class Main {") {
			t.Errorf("a solution that begins %q begins in:\n%s", head, text)
		}
	}
}

// An archive has what the format knows of, and nothing else that lies about in
// the directory.
func TestExportCopiesThePackageAlone(t *testing.T) {
	top := t.TempDir()
	problemstest.Write(t, top, problemstest.In("double", problemstest.Minimal.With(problemstest.Files{
		".env": "SECRET", ".git/HEAD": "ref", "data/secret/.1.in.swp": "old", "data/.git/HEAD": "ref", "id_rsa": "SECRET",
		"notes/todo.txt": "more tests", "attachments/table.txt": "1", "docket.yaml": "difficulty: easy\n", "generators/g.py": "print(1)\n",
	})))
	problemstest.Pipe(t, filepath.Join(top, "double/.fifo"))
	problemstest.Pipe(t, filepath.Join(top, "double/data/.fifo"))
	root, err := problems.DirRoot(top)
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := problems.NewCatalog(problems.CatalogConfig{Roots: []fs.FS{root}})
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := catalog.Package(t.Context(), "double")
	if err != nil {
		t.Fatal(err)
	}
	sub, err := fs.Sub(root, "double")
	if err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	if err := export(t.Context(), pkg, forge.New(t.TempDir(), nil), workshop.ExportOptions{Files: sub, Layout: workshop.LayoutICPC, To: &archive}); err != nil {
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
	if err := export(ctx, pkg, forge.New(t.TempDir(), nil), workshop.ExportOptions{Files: sub, Layout: workshop.LayoutICPC, To: &archive}); !errors.Is(err, context.Canceled) {
		t.Errorf("told to end, it ended with %v", err)
	}
	// What has become a pipe or leads elsewhere since it was loaded is not read.
	name := filepath.Join(top, "double/attachments/table.txt")
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	problemstest.Pipe(t, name)
	if err := export(t.Context(), pkg, forge.New(t.TempDir(), nil), workshop.ExportOptions{Files: sub, Layout: workshop.LayoutICPC, To: &archive}); err == nil {
		t.Error("a pipe was exported")
	}
}
