package workshop_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/forge"
	"github.com/docketjudge/docket/problems/problemstest"
	"github.com/docketjudge/docket/problems/workshop"
)

// exported is the archive of a package that has no generated tests.
func exported(t *testing.T, f problemstest.Files, layout workshop.ExportLayout) (*zip.Reader, error) {
	t.Helper()
	var archive bytes.Buffer
	made := forge.New(t.TempDir(), problemstest.NewSandbox(1, nil))
	if err := export(t.Context(), problemstest.Load(t, f), made, workshop.ExportOptions{Files: f.FS(), Layout: layout, To: &archive}); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return z, nil
}

// An exported package has all limits, wherever its author wrote them and
// whether at all, and they are so wide that no solution which Docket accepts
// is refused elsewhere.
func TestExportWritesAllLimits(t *testing.T) {
	head := strings.TrimSuffix(problemstest.ProblemYAML, "limits: {time_limit: 1.5, memory: 128, output: 4}\n")
	for _, tt := range []struct {
		name           string
		problem        string
		docket         string
		cpu            time.Duration
		memory, output judge.Bytes
	}{
		{"all there", problemstest.ProblemYAML, "", 1500 * time.Millisecond, 128 + 96, 4},
		{"none", head, "", 2 * time.Second, 256 + 96, 16},
		{"nothing behind the key", head + "limits: # none yet\nkeywords: [numbers]\n", "", 2 * time.Second, 256 + 96, 16},
		{"some, a line each", head + "limits:\n    # of every test\n    output: 9\n    validation_time: 7 # seconds\n", "", 2 * time.Second, 256 + 96, 9},
		{"in docket.yaml alone", head, "limits:\n  python: {time_limit: 5, memory: 512, output: 32}\n", 5 * time.Second, 512, 32},
		{"more in docket.yaml", head + "limits:\n  time_limit: 1\n", "limits:\n  java: {time_limit: 2.5, memory: 1024}\n", 2500 * time.Millisecond, 1024 + 96, 16},
		{"less in docket.yaml", problemstest.ProblemYAML, "limits:\n  go: {time_limit: 0.5}\n", 1500 * time.Millisecond, 128 + 96, 4},
		{"of a language that is not taken", problemstest.ProblemYAML + "languages: [go, python3]\n", "limits:\n  java: {time_limit: 9, memory: 1024}\n", 1500 * time.Millisecond, 128, 4},
		{"as much as there can be", head + "limits: {memory: 2048}\n", "", 2 * time.Second, 2048, 16},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := problemstest.Minimal.With(problemstest.Files{"problem.yaml": tt.problem, "docket.yaml": tt.docket})
			z, err := exported(t, f, workshop.LayoutICPC)
			if err != nil {
				t.Fatal(err)
			}
			text, err := fs.ReadFile(z, "double/problem.yaml")
			if err != nil {
				t.Fatal(err)
			}
			for _, key := range []string{"time_limit:", "memory:", "output:"} {
				if strings.Count(string(text), key) != 1 {
					t.Errorf("%s stands there %d times:\n%s", key, strings.Count(string(text), key), text)
				}
			}
			for _, kept := range []string{"validation_time: 7 # seconds", "# none yet", "keywords: [numbers]", "# of every test"} {
				if strings.Contains(tt.problem, kept) && !strings.Contains(string(text), kept) {
					t.Errorf("%q is lost:\n%s", kept, text)
				}
			}
			sub, err := fs.Sub(z, "double")
			if err != nil {
				t.Fatal(err)
			}
			p, err := problems.Load(sub, "double")
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			if l := p.Problem.Limits; l.CPU != tt.cpu || l.Memory != tt.memory*judge.MiB || l.Output != tt.output*judge.MiB {
				t.Errorf("limits are %+v:\n%s", l, text)
			}
		})
	}

	legacyWith := problemstest.Legacy.With(problemstest.Files{"docket.yaml": "limits:\n  java: {time_limit: 4}\n"})
	z, err := exported(t, legacyWith, workshop.LayoutICPC)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := fs.ReadFile(z, "double/.timelimit"); err != nil || string(text) != "4\n" {
		t.Errorf("the time limit of a legacy package is %q, %v", text, err)
	}

	for _, problem := range []string{head + "limits: {}\n", head + "limits: ~\n", head + "limits: {time_limit: \"1\", memory: \"64\"}\n"} {
		f := problemstest.Minimal.With(problemstest.Files{"problem.yaml": problem})
		if _, err := exported(t, f, workshop.LayoutICPC); err == nil || !strings.Contains(err.Error(), "a line of its own") {
			t.Errorf("%q: %v", problem, err)
		}
	}
}

// What is no part of the package does not leave the author's directory.
func TestExportLeavesOutWhatIsNotOfThePackage(t *testing.T) {
	z, err := exported(t, problemstest.Minimal, workshop.LayoutICPC)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if strings.Contains(f.Name, "/.") || strings.Contains(f.Name, "(") {
			t.Errorf("%s is in the archive", f.Name)
		}
	}
}

// DOMjudge looks for files at the top of an archive, finds programs of several
// files by the entries of their directories, and is told where they begin.
func TestExportForDOMjudge(t *testing.T) {
	f := problemstest.Minimal.With(problemstest.Files{
		"docket.yaml":                   "limits:\n  python: {time_limit: 2.5}\n",
		"signature.yaml":                "function: twice(n int) int\n",
		"data/sample/1.in":              "[1]\n",
		"data/secret/1.in":              "[2]\n",
		"data/invalid_input/1.in":       "x\n",
		"submissions/accepted/a.py":     "def twice(n):\n    return 2 * n\n",
		"submissions/accepted/J.java":   "class Solution { int twice(int n) { return 2 * n; } }\n",
		"submissions/wrong_answer/w.go": "package solution\n\nfunc Twice(n int) int { return n }\n",
	})
	z, err := exported(t, f, workshop.LayoutDOMjudge)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, f := range z.File {
		if names[f.Name] {
			t.Errorf("%s is there twice", f.Name)
		}
		names[f.Name] = true
	}
	for _, name := range []string{"problem.yaml", "domjudge-problem.ini", "data/secret/1.in", "data/secret/1.ans", "output_validator/validate.py",
		"submissions/accepted/a.py/", "submissions/accepted/a.py/main.py", "submissions/accepted/J.java/", "submissions/wrong_answer/w.go/"} {
		if !names[name] {
			t.Errorf("%s is not in the archive: %v", name, names)
		}
	}
	if ini, err := fs.ReadFile(z, "domjudge-problem.ini"); err != nil || string(ini) != "timelimit = 2.5\n" {
		t.Errorf("domjudge-problem.ini is %q, %v", ini, err)
	}
	text, err := fs.ReadFile(z, "submissions.json")
	if err != nil {
		t.Fatal(err)
	}
	var begins map[string]map[string]string
	if err := json.Unmarshal(text, &begins); err != nil {
		t.Fatal(err)
	}
	if len(begins) != 2 || begins["submissions/accepted/a.py/"]["entry_point"] != "main.py" || begins["submissions/accepted/J.java/"]["entry_point"] != "Main" {
		t.Errorf("submissions.json is %s", text)
	}
}
