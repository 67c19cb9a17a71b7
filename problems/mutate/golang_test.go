package mutate_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/mutate"
)

var update = flag.Bool("update", false, "write the lists of mutants anew")

// noPython is for languages that need none.
func noPython(context.Context, judge.Source, string) ([]byte, error) {
	return nil, errors.New("no Python was to be run")
}

func list(t *testing.T, lang judge.Language, name, text string) []mutate.Mutant {
	t.Helper()
	got, err := mutate.List(context.Background(), "accepted/"+name, lang, []judge.File{{Name: name, Content: text}}, noPython)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// show is one mutant as the golden lists have it.
func show(m mutate.Mutant) string {
	return fmt.Sprintf("%d:%d %s %q -> %q", m.Line, m.Column, m.Operator, m.Before, m.After)
}

// golden compares the mutants of a file in testdata with its list.
func golden(t *testing.T, lang judge.Language, name string, got []mutate.Mutant) {
	t.Helper()
	var b strings.Builder
	for _, m := range got {
		b.WriteString(show(m) + "\n")
	}
	path := filepath.Join("testdata", name+".want")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("mutants of the %s sample (-want +got):\n%s", lang.Name(), diff)
	}
}

func sample(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestGoMutants(t *testing.T) {
	text := sample(t, "sample.go")
	got := list(t, judge.Go, "sample.go", text)
	golden(t, judge.Go, "sample.go", got)
	checkMutants(t, got, judge.File{Name: "sample.go", Content: text})
	for _, m := range got {
		changed := m.Apply([]judge.File{{Name: "sample.go", Content: text}})[0].Content
		if _, err := parser.ParseFile(token.NewFileSet(), "", changed, parser.SkipObjectResolution); err != nil {
			t.Errorf("%s does not parse: %v", show(m), err)
		}
	}
}

func TestGoThatDoesNotParse(t *testing.T) {
	_, err := mutate.List(context.Background(), "accepted/a.go", judge.Go, []judge.File{{Name: "a.go", Content: "package"}}, noPython)
	if err == nil || !strings.Contains(err.Error(), "accepted/a.go") {
		t.Errorf("error: %v", err)
	}
}

// checkMutants holds every mutant to what is true of all: it says what it
// changes and where, it differs from the original and from every other, it has
// an ID of its own, and the lines after a missing statement keep their numbers.
func checkMutants(t *testing.T, mutants []mutate.Mutant, file judge.File) {
	t.Helper()
	lines := strings.Split(file.Content, "\n")
	ids, texts := map[mutate.ID]bool{}, map[string]bool{file.Content: true}
	for _, m := range mutants {
		changed := m.Apply([]judge.File{file})[0].Content
		if texts[changed] {
			t.Errorf("%s makes nothing new", show(m))
		}
		texts[changed] = true
		if ids[m.ID] || !mutate.ValidID(string(m.ID)) {
			t.Errorf("%s has the ID %q", show(m), m.ID)
		}
		ids[m.ID] = true
		first, _, _ := strings.Cut(m.Before, "\n")
		if line := lines[m.Line-1]; !strings.HasPrefix(line[m.Column-1:], first) {
			t.Errorf("%s is not what the line %q says", show(m), line)
		}
		if got := strings.Count(changed, "\n") + 1; got != len(lines) && m.Operator == mutate.Statement {
			t.Errorf("%s makes %d lines of %d", show(m), got, len(lines))
		}
	}
}
