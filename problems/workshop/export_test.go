//go:build !quick

package workshop_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/harness"
	"github.com/docketjudge/docket/problems/workshop"
)

// What is exported is a package of the format without anything of Docket's,
// whose submissions are judged as they were: the programs of a function problem
// read and print by themselves.
func TestExportIsJudgedTheSame(t *testing.T) {
	box := realBox(t)
	dir := t.TempDir()
	if _, err := workshop.WriteSkeleton(dir, "function", "numbers"); err != nil {
		t.Fatal(err)
	}
	if _, err := workshop.WriteSkeleton(dir, "class", "many-counters"); err != nil {
		t.Fatal(err)
	}
	if _, err := workshop.WriteSkeleton(dir, "program", "sums"); err != nil {
		t.Fatal(err)
	}
	own, err := problems.DirRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	catalog := stock(t, box, "", problems.Builtin(), own)
	for _, tt := range []struct {
		root fs.FS
		slug judge.Slug
	}{{own, "numbers"}, {own, "many-counters"}, {own, "sums"}, {problems.Builtin(), "running-median"}, {problems.Builtin(), "tree-codec"}} {
		pkg, err := catalog.Package(t.Context(), tt.slug)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := fs.Sub(tt.root, string(tt.slug))
		if err != nil {
			t.Fatal(err)
		}
		var archive bytes.Buffer
		if err := export(t.Context(), pkg, catalog.forge, workshop.ExportOptions{Files: tree, Layout: workshop.LayoutICPC, To: &archive}); err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
		if err != nil {
			t.Fatal(err)
		}
		out := stock(t, box, t.TempDir(), z)
		plain, err := out.Package(t.Context(), judge.Slug(workshop.ExportName(tt.slug)))
		if err != nil {
			t.Fatal(err)
		}
		if plain.Problem.Harness != nil || len(plain.Generate) > 0 || plain.Problem.Tests() != pkg.Problem.Tests() || len(plain.Submissions) != len(pkg.Submissions)-len(pkg.LeftOut) {
			t.Errorf("%s: %d tests, %d submissions, %q", tt.slug, plain.Problem.Tests(), len(plain.Submissions), plain.Warnings)
		}
		for _, f := range z.File {
			if strings.HasSuffix(f.Name, ".yaml") && (strings.Contains(f.Name, "docket") || strings.Contains(f.Name, "signature")) {
				t.Errorf("%s is in the archive", f.Name)
			}
		}
		// One limit for all languages lets pass what was too slow for its own, so
		// that nothing can be said of those submissions.
		plain.Submissions = slices.DeleteFunc(plain.Submissions, func(s problems.Submission) bool {
			return strings.HasPrefix(s.Name, "time_limit_exceeded/")
		})
		for _, row := range verifyHere(t, box, out, plain).Rows {
			if row.Surprise != "" {
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
	if err := export(t.Context(), pkg, catalog.forge, workshop.ExportOptions{Files: tree, Layout: workshop.LayoutICPC, To: &bytes.Buffer{}}); !errors.Is(err, harness.ErrNotAlone) {
		t.Errorf("a concurrency problem: %v", err)
	}
}

// The comparison that goes with an exported function problem takes what
// Docket's own takes, whatever a submission prints.
func TestExportedValidator(t *testing.T) {
	box := realBox(t)
	dir := t.TempDir()
	if _, err := workshop.WriteSkeleton(dir, "class", "counters"); err != nil {
		t.Fatal(err)
	}
	if _, err := workshop.WriteSkeleton(dir, "class", "means"); err != nil {
		t.Fatal(err)
	}
	// Its results are of both kinds.
	const mixed = "class: Means()\nmethods:\n  - count() int\n  - mean() double\n"
	for name, text := range map[string]string{"signature.yaml": mixed, "docket.yaml": "difficulty: easy\n"} {
		if err := os.WriteFile(filepath.Join(dir, "means", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	own, err := problems.DirRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	catalog := stock(t, box, "", problems.Builtin(), own)
	const meansInput = `[["Means"],["count"],["mean"]]` + "\n" + `[["Means"],["mean"]]` + "\n"
	for _, tt := range []struct {
		root   fs.FS
		slug   judge.Slug
		answer string
		cases  []struct{ output, want string } // want is empty for what is right
	}{
		{problems.Builtin(), "running-median", "[null,0,null,1.5]\n[null,2]\n", []struct{ output, want string }{
			{"[null,0,null,1.5]\n[null,2]\n", ""},
			{"[null, 0.0, null, 1.5000000001]\n[null,2.0]", ""},
			{"[null,0,null,1.6]\n[null,2]\n", "case 1: the result is not the answer\n"},
			{"[null,0,null,1.5]\n[null,true]\n", "case 2: the result is not the answer\n"},
			{"[null,0,null,1.5]\n[null,NaN]\n", "case 2: the result is not JSON\n"},
			{"[null,0,null,1.5]\n[null,1e999]\n", "case 2: the result is not the answer\n"},
			{"[null,0,null,1.5]\n", "case 2: there is no result\n"},
			{"[null,0,null,1.5]\n[null,2]\nmore\n", "there are more results than cases\n"},
			{"\xff\n", "case 1: the result is not JSON\n"},
			{strings.Repeat("[", 100000) + "\n", "case 1: the result is not JSON\n"},
			{strings.Repeat("9", 100000) + "\n", "case 1: the result is not JSON\n"},
			{"[null,0,null,1.5,null]\n", "case 1: the result is not the answer\n"},
			{"", "case 1: there is no result\n"},
			{"\ufeff[null,0,null,1.5]\n[null,2]\n", "case 1: the result is not JSON\n"},
			{"[\x00n\x00u\x00l\x00l\x00,\x000\x00]\x00\n", "case 1: the result is not JSON\n"},
		}},
		{own, "means", "[null,3,3]\n[null,2.5]\n", []struct{ output, want string }{
			{"[null,3,3.0000001]\n[null,2.4999999]\n", ""},
			{"[null,3,3.000003]\n[null,2.4999975]\n", ""}, // off by just the tolerance
			{"[null,3,3.000003000000000000001]\n[null,2.5]\n", "case 1: the result is not the answer\n"},
			{"[null,3,3.0000001]\n[null,1e-999999999]\n", "case 2: the result is not the answer\n"},
			{"[null,3.0000001,3]\n[null,2.5]\n", "case 1: the result is not the answer\n"},
			{"[null,3,3.1]\n[null,2.5]\n", "case 1: the result is not the answer\n"},
			{"[null,3]\n[null,2.5]\n", "case 1: the result is not the answer\n"},
			{"3\n[null,2.5]\n", "case 1: the result is not the answer\n"},
			{"[null,3,3]\n[null,2]\n", "case 2: the result is not the answer\n"},
		}},
		{own, "counters", "[null,1]\n[null,{\"a\":[\"x  y\"]}]\n", []struct{ output, want string }{
			{"[null, 1]\n[null, {\"a\": [\"x  y\"]}]\n", ""},
			{"[null,1.0]\n", "case 1: the result is not the answer\n"},
			{"[null,1]\n[null,{\"a\":[\"x y\"]}]\n", "case 2: the result is not the answer\n"},
			{"[null,1]\n[null,{\"a\":[\"X  Y\"]}]\n", "case 2: the result is not the answer\n"},
			{"[null,1]\n[null,{\"a\":[\"x  y\"],\"b\":1}]\n", "case 2: the result is not the answer\n"},
			{"[null,1]\n[null,{\"a\":[\"y\"],\"a\":[\"x  y\"]}]\n", "case 2: the result is not JSON\n"},
		}},
	} {
		pkg, err := catalog.Package(t.Context(), tt.slug)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := fs.Sub(tt.root, string(tt.slug))
		if err != nil {
			t.Fatal(err)
		}
		var archive bytes.Buffer
		if err := export(t.Context(), pkg, catalog.forge, workshop.ExportOptions{Files: tree, Layout: workshop.LayoutICPC, To: &archive}); err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
		if err != nil {
			t.Fatal(err)
		}
		text, err := fs.ReadFile(z, workshop.ExportName(tt.slug)+"/output_validator/validate.py")
		if err != nil {
			t.Fatal(err)
		}
		slot, err := box.Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		build, err := slot.Build(t.Context(), judge.Source{Language: judge.Python, Files: []judge.File{{Name: "validate.py", Content: string(text)}}})
		if err != nil || !build.OK {
			t.Fatal(build.Output, err)
		}
		limits := judge.Limits{CPU: 10 * time.Second, Memory: 256 * judge.MiB}.WithDefaults()
		box, err := slot.Open(t.Context(), build.Artifact, limits)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range tt.cases {
			data := func(name, text string) judge.Attachment {
				return judge.Attachment{Name: name, Size: judge.Bytes(len(text)), Open: func() (io.ReadCloser, error) {
					return io.NopCloser(strings.NewReader(text)), nil
				}}
			}
			res, err := box.Run(t.Context(), judge.Run{
				Args:        []string{judge.AttachmentDir + "/input", judge.AttachmentDir + "/answer", "feedback/"},
				Attachments: []judge.Attachment{data("input", meansInput), data("answer", tt.answer)},
				Collect:     []string{"feedback/judgemessage.txt"}, Stdin: strings.NewReader(c.output),
			}, limits)
			if err != nil {
				t.Fatal(err)
			}
			exit := 42
			if c.want != "" {
				exit = 43
			}
			if got := string(res.Collected["feedback/judgemessage.txt"]); res.ExitCode != exit || got != c.want {
				t.Errorf("%s: output %.60q: exit code %d, %q, want %d, %q; %s", tt.slug, c.output, res.ExitCode, got, exit, c.want, res.Stderr)
			}
		}
		if err := box.Close(); err != nil {
			t.Error(err)
		}
		slot.Release()
	}
}
