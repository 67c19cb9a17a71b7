//go:build !quick

package workshop_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/workshop"
)

// A solution that was exported is a program like any other: the go command
// builds it, and what it prints for the archive's inputs are the archive's
// answers. Docket has no part in it.
func TestExportedSolutionRunsPlainly(t *testing.T) {
	dir := t.TempDir()
	if _, err := workshop.WriteSkeleton(dir, "class", "counters"); err != nil {
		t.Fatal(err)
	}
	root, err := problems.DirRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	catalog := stock(t, realBox(t), t.TempDir(), root)
	pkg, err := catalog.Package(t.Context(), "counters")
	if err != nil {
		t.Fatal(err)
	}
	tree, err := fs.Sub(root, "counters")
	if err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	if err := export(t.Context(), pkg, catalog.forge, workshop.ExportOptions{Files: tree, Layout: workshop.LayoutDOMjudge, To: &archive}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	if err := os.CopyFS(out, z); err != nil {
		t.Fatal(err)
	}

	src := filepath.Join(out, "submissions", "accepted", "solution.go")
	if err := os.WriteFile(filepath.Join(src, "go.mod"), []byte("module solution\n\ngo 1.24\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "solution")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".")
	build.Dir = src
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	tests := 0
	err = fs.WalkDir(z, "data", func(p string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(p, ".in") || strings.Contains(p, "invalid") {
			return err
		}
		tests++
		input, err := fs.ReadFile(z, p)
		if err != nil {
			return err
		}
		answer, err := fs.ReadFile(z, strings.TrimSuffix(p, ".in")+".ans")
		if err != nil {
			return err
		}
		run := exec.CommandContext(t.Context(), program)
		run.Stdin = bytes.NewReader(input)
		got, err := run.Output()
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Errorf("%s: %v\n%s", p, err, exit.Stderr)
			return nil
		}
		if err == nil && !bytes.Equal(got, answer) {
			t.Errorf("%s: printed %.200q, the answer is %.200q", p, got, answer)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := pkg.Problem.Tests(); tests != want {
		t.Errorf("%d tests are in the archive, of %d", tests, want)
	}
}
