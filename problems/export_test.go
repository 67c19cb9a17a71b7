package problems_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/harness"
	"github.com/docketjudge/docket/sandbox"
	"github.com/docketjudge/docket/sandbox/engine"
)

// What is exported is a package of the format without anything of Docket's,
// whose submissions are judged as they were: the programs of a function problem
// read and print by themselves.
func TestExportIsJudgedTheSame(t *testing.T) {
	var said bytes.Buffer
	if err := engine.BuildImages(t.Context(), &said); err != nil {
		t.Fatalf("%s\n%v", said.String(), err)
	}
	box, err := sandbox.New(t.Context(), sandbox.Config{Worker: fmt.Sprintf("export-test-%d", os.Getpid())})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	}()
	dir := t.TempDir()
	if _, err := problems.WriteSkeleton(dir, "function", "numbers"); err != nil {
		t.Fatal(err)
	}
	if _, err := problems.WriteSkeleton(dir, "class", "counters"); err != nil {
		t.Fatal(err)
	}
	if _, err := problems.WriteSkeleton(dir, "program", "sums"); err != nil {
		t.Fatal(err)
	}
	own, err := problems.DirRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := problems.NewCatalog(problems.CatalogConfig{
		Roots: []fs.FS{problems.Builtin(), own}, CacheDir: t.TempDir(), Sandbox: box})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		root fs.FS
		slug judge.Slug
	}{{own, "numbers"}, {own, "counters"}, {own, "sums"}} {
		pkg, err := catalog.Package(t.Context(), tt.slug)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := fs.Sub(tt.root, string(tt.slug))
		if err != nil {
			t.Fatal(err)
		}
		var archive bytes.Buffer
		if err := problems.Export(t.Context(), pkg, tree, catalog.Forge(), &archive); err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
		if err != nil {
			t.Fatal(err)
		}
		out, err := problems.NewCatalog(problems.CatalogConfig{Roots: []fs.FS{z}, CacheDir: t.TempDir(), Sandbox: box})
		if err != nil {
			t.Fatal(err)
		}
		plain, err := out.Package(t.Context(), tt.slug)
		if err != nil {
			t.Fatal(err)
		}
		if plain.Problem.Harness != nil || len(plain.Generate) > 0 || plain.Problem.Tests() != pkg.Problem.Tests() || len(plain.Submissions) != len(pkg.Submissions) {
			t.Errorf("%s: %d tests, %d submissions, %q", tt.slug, plain.Problem.Tests(), len(plain.Submissions), plain.Warnings)
		}
		for _, f := range z.File {
			if strings.HasSuffix(f.Name, ".yaml") && (strings.Contains(f.Name, "docket") || strings.Contains(f.Name, "signature")) {
				t.Errorf("%s is in the archive", f.Name)
			}
		}
		judger := judge.NewJudge(judge.JudgeConfig{Sandbox: box, Problems: out})
		r, err := problems.Verify(t.Context(), box, plain, problems.VerifyOptions{Judge: judger, Forge: out.Forge()})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range r.Rows {
			// One limit for all languages lets pass what was too slow for its own.
			if row.Surprise != "" && !strings.HasPrefix(row.Submission, "time_limit_exceeded/") {
				t.Errorf("%s: %s: %s", tt.slug, row.Submission, row.Surprise)
			}
		}
	}

	pkg, err := catalog.Package(t.Context(), "worker-pool")
	if err != nil {
		t.Fatal(err)
	}
	tree, err := fs.Sub(problems.Builtin(), "worker-pool")
	if err != nil {
		t.Fatal(err)
	}
	if err := problems.Export(t.Context(), pkg, tree, catalog.Forge(), &bytes.Buffer{}); !errors.Is(err, harness.ErrNotAlone) {
		t.Errorf("a concurrency problem: %v", err)
	}
}
