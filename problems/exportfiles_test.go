package problems_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/problems"
)

// archived is the archive of a package whose tests fake programs make.
func archived(t *testing.T, f files, layout problems.ExportLayout) ([]byte, *zip.Reader) {
	t.Helper()
	var archive bytes.Buffer
	forge := problems.NewForge(t.TempDir(), newFakeSandbox(1, forgePrograms()))
	if err := problems.Export(t.Context(), mustLoad(t, f), f.fs(), forge, layout, &archive); err != nil {
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
	f := withGenerated(digest(madeInput), digest(madeAnswer))
	for _, layout := range []problems.ExportLayout{problems.LayoutICPC, problems.LayoutDOMjudge} {
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
		_, z := archived(t, minimal.with(files{
			"signature.yaml":                       "function: f(n int) int\n",
			"submissions/accepted/a.py":            "def f(n):\n    return n\n",
			"submissions/wrong_answer/w.go":        gone,
			"submissions/accepted/j/Solution.java": head + solution,
		}), problems.LayoutICPC)
		text, err := fs.ReadFile(z, "double/submissions/accepted/j/Main.java")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(text), want) || !strings.Contains(string(text), "public class Main {") {
			t.Errorf("a solution that begins %q begins in:\n%s", head, text)
		}
	}
}
