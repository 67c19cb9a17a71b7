package problemstest

import (
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// Files is a package's content by path. An empty string stands for an empty
// file; see [Files.With] for [Gone].
type Files map[string]string

// Gone takes a file away; see [Files.With].
const Gone = "\x00gone"

// FS is the package as a file system.
func (f Files) FS() fstest.MapFS {
	out := fstest.MapFS{}
	for p, text := range f {
		out[p] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return out
}

// With is a copy with some files changed, and those taken away that are [Gone].
func (f Files) With(changes Files) Files {
	out := maps.Clone(f)
	for p, text := range changes {
		if text == Gone {
			delete(out, p)
		} else {
			out[p] = text
		}
	}
	return out
}

// ProblemYAML is the problem.yaml of [Minimal].
const ProblemYAML = `problem_format_version: 2025-09
name: Double it
uuid: 6f9619ff-8b86-d011-b42d-00cf4fc964ff
credits: A. Author
license: cc0
limits: {time_limit: 1.5, memory: 128, output: 4}
`

// Minimal is the smallest package of the 2025-09 format.
var Minimal = Files{
	"problem.yaml":                     ProblemYAML,
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

// Legacy is a package of the older format.
var Legacy = Files{
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

// Interactive is a package of an interactive problem.
var Interactive = Minimal.With(Files{
	"problem.yaml":                ProblemYAML + "type: [pass-fail, interactive]\n",
	"output_validator/v.py":       "exit(42)\n",
	"data/sample/1.interaction":   "<1\n>2\n",
	"data/secret/test_group.yaml": "output_validator_args: [--strict]\n",
})

// Load loads a package as problem double.
func Load(t *testing.T, f Files) *problems.Package {
	t.Helper()
	p, err := problems.Load(f.FS(), "double")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Content reads data, whose size must be as it says.
func Content(t *testing.T, d judge.Data) string {
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

// Write writes a package into a directory.
func Write(t *testing.T, dir string, f Files) {
	t.Helper()
	for name, text := range f {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil { //nolint:gosec // a package is for everybody to read
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil { //nolint:gosec // the same
			t.Fatal(err)
		}
	}
}

// In puts a package into a directory of a root.
func In(dir string, f Files) Files {
	out := Files{}
	for p, text := range f {
		out[dir+"/"+p] = text
	}
	return out
}

// Pipe makes a pipe, at which whoever opens it waits for a writer.
func Pipe(t *testing.T, name string) {
	t.Helper()
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
}
