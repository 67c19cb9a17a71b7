package mutate_test

import (
	"context"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/mutate"
)

// Whatever the solutions of the catalogue are written like, each mutant is
// new, has an ID of its own and, in Go, still parses.
func TestMutantsOfTheCatalogue(t *testing.T) {
	catalog := os.DirFS("../catalog")
	seen := map[judge.Language]int{}
	err := fs.WalkDir(catalog, ".", func(p string, d fs.DirEntry, err error) error {
		lang, known := judge.LanguageOf(p)
		if err != nil || d.IsDir() || !known || lang == judge.Python || !strings.Contains(p, "/submissions/") {
			return err
		}
		text, err := fs.ReadFile(catalog, p)
		if err != nil {
			return err
		}
		t.Run(p, func(t *testing.T) {
			file := judge.File{Name: path.Base(p), Content: string(text)}
			got := list(t, lang, file.Name, file.Content)
			if len(got) == 0 {
				t.Error("no mutants")
			}
			seen[lang] += len(got)
			checkMutants(t, got, file)
			for _, m := range got {
				if lang != judge.Go {
					break
				}
				changed := m.Apply([]judge.File{file})[0].Content
				if _, err := parser.ParseFile(token.NewFileSet(), "", changed, parser.SkipObjectResolution); err != nil {
					t.Errorf("%s does not parse: %v", show(m), err)
				}
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen[judge.Go] < 100 || seen[judge.Java] < 100 {
		t.Errorf("too few mutants were looked at: %v", seen)
	}
}

const twice = `package solution

func count(n int) int {
	n++
	n++
	n++
	n++
	return n
}
`

func idsOf(t *testing.T, name, text string) map[string]mutate.ID {
	t.Helper()
	mutants, err := mutate.List(context.Background(), name, judge.Go, []judge.File{{Name: "a.go", Content: text}}, noPython)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]mutate.ID{}
	for _, m := range mutants {
		ids[show(m)] = m.ID
	}
	return ids
}

func TestIDs(t *testing.T) {
	const plus, result = `4:3 arithmetic "++" -> "--"`, `8:9 result "n" -> "(n) + 1"`
	before := idsOf(t, "accepted/a.go", twice)
	moved := idsOf(t, "accepted/a.go", strings.Replace(twice, "\n\n", "\n\n// count counts.\n\n", 1))
	if before[result] == "" || before[result] != moved[strings.Replace(result, "8:", "10:", 1)] {
		t.Errorf("an ID depends on the number of its line: %v, then %v", before, moved)
	}
	if other := idsOf(t, "accepted/b.go", twice); other[result] == before[result] {
		t.Error("mutants of two submissions have one ID")
	}
	nearby := idsOf(t, "accepted/a.go", strings.Replace(twice, "(n int) int {", "(n int64) int64 {", 1))
	if nearby[plus] == before[plus] {
		t.Error("an ID outlives a change of the line before")
	}
	equal := map[mutate.ID]bool{}
	for _, id := range before {
		equal[id] = true
	}
	if len(equal) != len(before) {
		t.Errorf("equal lines share IDs: %v", before)
	}
	for id, want := range map[string]bool{"0123456789ab": true, "0123456789aB": false, "0123456789a": false, "": false} {
		if mutate.ValidID(id) != want {
			t.Errorf("ValidID(%q) = %t", id, !want)
		}
	}
}

func TestApplyLeavesFilesAlone(t *testing.T) {
	files := []judge.File{{Name: "a.go", Content: twice}, {Name: "b.go", Content: "package solution\n"}}
	mutants, err := mutate.List(context.Background(), "accepted/two", judge.Go, files, noPython)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mutants {
		got := m.Apply(files)
		if files[0].Content != twice || got[0].Content == twice || got[1] != files[1] {
			t.Fatalf("%s: %+v", show(m), got)
		}
	}
}

// What Python's list says is data from a box.
func TestPythonList(t *testing.T) {
	text := "print(1 + 2)\n"
	for answer, want := range map[string]string{
		`[[8, 9, "-", "arithmetic"]]`: "",
		`[[8, 9, "-"]`:                "reading the list",
		`{"edits": []}`:               "reading the list",
		`[[-1, 9, "-", "x"]]`:         "not in a text of 13",
		`[[9, 8, "-", "x"]]`:          "not in a text of 13",
		`[[8, 14, "-", "x"]]`:         "not in a text of 13",
	} {
		got, err := mutate.List(context.Background(), "accepted/a.py", judge.Python, []judge.File{{Name: "a.py", Content: text}},
			func(_ context.Context, src judge.Source, in string) ([]byte, error) {
				if in != text || src.Language != judge.Python || len(src.Files) != 1 {
					t.Errorf("source %+v, input %q", src, in)
				}
				return []byte(answer), nil
			})
		switch {
		case want == "" && (err != nil || len(got) != 1 || show(got[0]) != `1:9 arithmetic "+" -> "-"`):
			t.Errorf("%s: %+v, %v", answer, got, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %+v, %v", answer, got, err)
		}
	}
}
