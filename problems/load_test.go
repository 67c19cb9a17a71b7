package problems_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/problemstest"
)

func groups(p *problems.Package) (out []string) {
	for _, g := range p.Problem.Groups {
		for _, t := range g.Tests {
			out = append(out, g.Name+": "+t.Name)
		}
	}
	return out
}

func TestLoadMinimal(t *testing.T) {
	p := problemstest.Load(t, problemstest.Minimal)
	if p.Problem.Title != "Double it" || p.Problem.Slug != "double" || p.Format != problems.Format2025 {
		t.Errorf("title %q, slug %q, format %q", p.Problem.Title, p.Problem.Slug, p.Format)
	}
	want := judge.Limits{CPU: 1500e6, Memory: 128 * judge.MiB, Output: 4 * judge.MiB}
	if diff := cmp.Diff(want, p.Problem.Limits); diff != "" {
		t.Errorf("limits (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"sample: sample/1", "secret: secret/1"}, groups(p)); diff != "" {
		t.Errorf("tests (-want +got):\n%s", diff)
	}
	if got := problemstest.Content(t, p.Problem.Groups[1].Tests[0].Answer); got != "4\n" {
		t.Errorf("the answer is %q", got)
	}
	if diff := cmp.Diff([]problems.Sample{{Name: "sample/1", Input: "1\n", Output: "2\n"}}, p.Samples); diff != "" {
		t.Errorf("samples (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(judge.Languages(), p.Problem.Languages); diff != "" {
		t.Errorf("languages (-want +got):\n%s", diff)
	}
	if len(p.Submissions) != 2 || p.Reference == nil || p.Reference.Name != "accepted/a.py" {
		t.Errorf("submissions %+v, reference %+v", p.Submissions, p.Reference)
	}
	if len(p.Problem.Revision) != 64 {
		t.Errorf("revision %q", p.Problem.Revision)
	}
	if diff := cmp.Diff([]string{"submissions/accepted/old(1).java is left out: its name has characters that the format does not take"}, p.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

func TestRevisionFollowsContent(t *testing.T) {
	a, b := problemstest.Load(t, problemstest.Minimal), problemstest.Load(t, problemstest.Minimal)
	if a.Problem.Revision != b.Problem.Revision {
		t.Error("the same package has two revisions")
	}
	c := problemstest.Load(t, problemstest.Minimal.With(problemstest.Files{"data/secret/1.ans": "5\n"}))
	d := problemstest.Load(t, problemstest.Minimal.With(problemstest.Files{"data/secret/1.ans": problemstest.Gone, "data/secret/1.in": problemstest.Gone, "data/secret/2.in": "2\n", "data/secret/2.ans": "4\n"}))
	if a.Problem.Revision == c.Problem.Revision || a.Problem.Revision == d.Problem.Revision {
		t.Error("another package has the same revision")
	}
}

func TestLoadLegacy(t *testing.T) {
	p := problemstest.Load(t, problemstest.Legacy)
	want := []string{"sample: sample/1", "secret/a: secret/a/9", "secret/a: secret/a/10", "secret/b: secret/b/1"}
	if diff := cmp.Diff(want, groups(p)); diff != "" {
		t.Errorf("tests (-want +got):\n%s", diff)
	}
	g := p.Problem.Groups
	if !g[0].BreakOnReject || g[1].BreakOnReject || !g[2].BreakOnReject {
		t.Error("on_reject is not followed")
	}
	if found, _ := g[1].Checker.Check(strings.NewReader("1.0"), strings.NewReader("1")); found.Reason != "" {
		t.Errorf("the group's flags are not used: %s", found.Reason)
	}
	if d := p.Tests["secret/a/9"]; d.Hint != "Think.\n" || d.Description != "Nine.\n" {
		t.Errorf("detail %+v", d)
	}
	if p.Problem.Limits.CPU != 3e9 || p.Problem.Title != "Double it" || p.Statements["en"].Format != "tex" {
		t.Errorf("limits %+v, title %q, statements %v", p.Problem.Limits, p.Problem.Title, p.Statements)
	}
	if diff := cmp.Diff([]string{"A. Author", "B. Author"}, p.Credits.Authors); diff != "" {
		t.Error(diff)
	}
	for _, s := range p.Submissions {
		if s.Language == judge.Java && !slices.Contains(s.Expect[0].Permitted, judge.WA) {
			t.Error("a slow submission of this format may be wrong too")
		}
	}
}

func TestLoadInteractive(t *testing.T) {
	p := problemstest.Load(t, problemstest.Interactive)
	j := p.Problem.Validation
	if !j.Interactive || j.Validator == nil || j.Validator.Language != judge.Python {
		t.Fatalf("judging %+v", j)
	}
	g := p.Problem.Groups
	if g[0].Checker != nil || !slices.Equal(g[1].Flags, []string{"--strict"}) {
		t.Errorf("groups %+v", g)
	}
	if p.Samples[0].Interaction != "<1\n>2\n" || p.Samples[0].Input != "" {
		t.Errorf("sample %+v", p.Samples[0])
	}
}

func TestLoadLegacyInteractive(t *testing.T) {
	p := problemstest.Load(t, problemstest.Legacy.With(problemstest.Files{
		"problem.yaml":                "name: X\nvalidation: custom interactive\nvalidator_flags: --a --b\n",
		"output_validators/val/v.py":  "exit(42)\n",
		"data/sample/1.interaction":   "<1\n",
		"data/secret/a/testdata.yaml": "output_validator_flags: {name: val, flags: --c}\n",
	}))
	if !p.Problem.Validation.Interactive {
		t.Error("it is not interactive")
	}
	if diff := cmp.Diff([]string{"--a", "--b", "--c"}, p.Problem.Groups[1].Flags); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"--a", "--b"}, p.Problem.Groups[2].Flags); diff != "" {
		t.Error(diff)
	}
}

// A package may lie in a zip archive: anything that is an fs.FS will do.
func TestLoadZip(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(problemstest.Minimal)) {
		f, err := w.Create("double/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, problemstest.Minimal[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	sub, err := fs.Sub(z, "double")
	if err != nil {
		t.Fatal(err)
	}
	p, err := problems.Load(sub, "double")
	if err != nil {
		t.Fatal(err)
	}
	if got := problemstest.Content(t, p.Problem.Groups[0].Tests[0].Input); got != "1\n" {
		t.Errorf("the input is %q", got)
	}
	if want := problemstest.Load(t, problemstest.Minimal).Problem.Revision; p.Problem.Revision != want {
		t.Error("the revision depends on how the package is stored")
	}
}

func TestLoadDir(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "double")
	problemstest.Write(t, dir, problemstest.Minimal)
	if err := os.Symlink("1.in", filepath.Join(dir, "data/secret/2.in")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../sample/1.ans", filepath.Join(dir, "data/secret/2.ans")); err != nil {
		t.Fatal(err)
	}
	p, err := problems.LoadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := problemstest.Content(t, p.Problem.Groups[1].Tests[1].Answer); got != "2\n" || p.Problem.Slug != "double" {
		t.Errorf("slug %q, answer behind a link %q", p.Problem.Slug, got)
	}
}

func TestLinksOutOfThePackageAreRefused(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "double")
	problemstest.Write(t, dir, problemstest.Minimal)
	if err := os.WriteFile(filepath.Join(top, "secret.txt"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../../../secret.txt", filepath.Join(dir, "data/sample/2.in")); err != nil {
		t.Fatal(err)
	}
	var broken *problems.BrokenError
	if _, err := problems.LoadDir(dir); !errors.As(err, &broken) || !strings.Contains(err.Error(), "escapes") {
		t.Errorf("got %v", err)
	}
}
