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
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// files is a package's content by path. An empty string stands for an empty
// file, and a value of gone removes the file of the base.
type files map[string]string

const gone = "\x00gone"

func (f files) fs() fstest.MapFS {
	out := fstest.MapFS{}
	for p, text := range f {
		out[p] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return out
}

// with is the base with some files changed.
func (f files) with(changes files) files {
	out := maps.Clone(f)
	for p, text := range changes {
		if text == gone {
			delete(out, p)
		} else {
			out[p] = text
		}
	}
	return out
}

const problemYAML = `problem_format_version: 2025-09
name: Double it
uuid: 6f9619ff-8b86-d011-b42d-00cf4fc964ff
credits: A. Author
license: cc0
limits: {time_limit: 1.5, memory: 128, output: 4}
`

// minimal is the smallest package of the 2025-09 format.
var minimal = files{
	"problem.yaml":                     problemYAML,
	"statement/problem.en.md":          "Double the number.\n",
	"data/sample/1.in":                 "1\n",
	"data/sample/1.ans":                "2\n",
	"data/secret/1.in":                 "2\n",
	"data/secret/1.ans":                "4\n",
	"input_validators/v.py":            "exit(42)\n",
	"submissions/accepted/a.py":        "print(2 * int(input()))\n",
	"submissions/wrong_answer/w.go":    "package main\n\nfunc main() {}\n",
	"submissions/accepted/README.md":   "not a program",
	".git/config":                      "ignored",
	"submissions/accepted/.hidden.py":  "ignored",
	"submissions/accepted/old(1).java": "ignored",
}

var legacy = files{
	"problem.yaml":                           "name: Double it\nauthor: A. Author and B. Author\nsource: A contest\nlicense: cc by\n",
	".timelimit":                             "3\n",
	"problem_statement/problem.tex":          "\\problemname{Double it}\nDouble the number.\n",
	"data/sample/1.in":                       "1\n",
	"data/sample/1.ans":                      "2\n",
	"data/secret/b/1.in":                     "1\n",
	"data/secret/b/1.ans":                    "2\n",
	"data/secret/a/10.in":                    "1\n",
	"data/secret/a/10.ans":                   "2\n",
	"data/secret/a/9.in":                     "1\n",
	"data/secret/a/9.ans":                    "2\n",
	"data/secret/a/9.hint":                   "Think.\n",
	"data/secret/a/9.desc":                   "Nine.\n",
	"data/secret/a/testdata.yaml":            "on_reject: continue\noutput_validator_flags: float_tolerance 1e-6\n",
	"input_format_validators/v/main.go":      "package main\n\nfunc main() {}\n",
	"submissions/accepted/a.py":              "print(2 * int(input()))\n",
	"submissions/time_limit_exceeded/T.java": "class T {}\n",
	"submissions/accepted/a.cpp":             "int main() {}\n",
}

var interactive = minimal.with(files{
	"problem.yaml":                problemYAML + "type: [pass-fail, interactive]\n",
	"output_validator/v.py":       "exit(42)\n",
	"data/sample/1.interaction":   "<1\n>2\n",
	"data/secret/test_group.yaml": "output_validator_args: [--strict]\n",
})

func mustLoad(t *testing.T, f files) *problems.Package {
	t.Helper()
	p, err := problems.Load(f.fs(), "double")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func groups(p *problems.Package) (out []string) {
	for _, g := range p.Problem.Groups {
		for _, t := range g.Tests {
			out = append(out, g.Name+": "+t.Name)
		}
	}
	return out
}

func content(t *testing.T, d judge.Data) string {
	t.Helper()
	r, err := d.Open()
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err = errors.Join(err, r.Close()); err != nil {
		t.Fatal(err)
	}
	if judge.Bytes(len(b)) != d.Size {
		t.Errorf("size is %d, content has %d bytes", d.Size, len(b))
	}
	return string(b)
}

func TestLoadMinimal(t *testing.T) {
	p := mustLoad(t, minimal)
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
	if got := content(t, p.Problem.Groups[1].Tests[0].Answer); got != "4\n" {
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
	a, b := mustLoad(t, minimal), mustLoad(t, minimal)
	if a.Problem.Revision != b.Problem.Revision {
		t.Error("the same package has two revisions")
	}
	c := mustLoad(t, minimal.with(files{"data/secret/1.ans": "5\n"}))
	d := mustLoad(t, minimal.with(files{"data/secret/1.ans": gone, "data/secret/1.in": gone, "data/secret/2.in": "2\n", "data/secret/2.ans": "4\n"}))
	if a.Problem.Revision == c.Problem.Revision || a.Problem.Revision == d.Problem.Revision {
		t.Error("another package has the same revision")
	}
}

func TestLoadLegacy(t *testing.T) {
	p := mustLoad(t, legacy)
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
	p := mustLoad(t, interactive)
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
	p := mustLoad(t, legacy.with(files{
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
	for _, name := range slices.Sorted(maps.Keys(minimal)) {
		f, err := w.Create("double/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, minimal[name]); err != nil {
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
	if got := content(t, p.Problem.Groups[0].Tests[0].Input); got != "1\n" {
		t.Errorf("the input is %q", got)
	}
	if want := mustLoad(t, minimal).Problem.Revision; p.Problem.Revision != want {
		t.Error("the revision depends on how the package is stored")
	}
}

func writeDir(t *testing.T, dir string, f files) {
	t.Helper()
	for name, text := range f {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLoadDir(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "double")
	writeDir(t, dir, minimal)
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
	if got := content(t, p.Problem.Groups[1].Tests[1].Answer); got != "2\n" || p.Problem.Slug != "double" {
		t.Errorf("slug %q, answer behind a link %q", p.Problem.Slug, got)
	}
}

func TestLinksOutOfThePackageAreRefused(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "double")
	writeDir(t, dir, minimal)
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
