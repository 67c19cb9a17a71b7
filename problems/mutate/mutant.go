package mutate

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// Operator is the kind of a change.
type Operator string

// The operators.
const (
	Boundary   Operator = "boundary"   // a comparison takes its bound in, or no longer does: < to <=
	Comparison Operator = "comparison" // a comparison is its opposite: == to !=
	Arithmetic Operator = "arithmetic" // + to -
	Bitwise    Operator = "bitwise"    // & to |
	Logical    Operator = "logical"    // and to or
	Negation   Operator = "negation"   // a condition or number is negated, or no longer is
	Constant   Operator = "constant"   // a number is off by one, true is false
	Result     Operator = "result"     // a function returns something else
	Statement  Operator = "statement"  // a statement is missing
	Jump       Operator = "jump"       // break is continue, or the other way round
)

// ID names a mutant for as long as its line, the lines around it and the name
// of its submission stay as they are. It does not depend on how many lines
// come before. A mutant whose surroundings change has another ID, because what
// was once said about it has to be thought through again.
type ID string

// ValidID reports whether s has the form of an ID: 12 lower-case hexadecimal
// digits.
func ValidID(s string) bool {
	return len(s) == idLength && strings.Trim(s, "0123456789abcdef") == ""
}

const idLength = 12

// Mutant is a solution with one change.
type Mutant struct {
	ID       ID       `json:"id"`
	File     string   `json:"file"`
	Line     int      `json:"line"`   // from 1
	Column   int      `json:"column"` // in bytes, from 1
	Operator Operator `json:"operator"`
	Before   string   `json:"before"`
	After    string   `json:"after"` // of a missing statement, what the language has for none

	edit edit
}

// Apply returns the files with the change made. It does not touch those that
// it is given.
func (m Mutant) Apply(files []judge.File) []judge.File {
	out := slices.Clone(files)
	for i, f := range out {
		if f.Name == m.File {
			out[i].Content = m.edit.apply(f.Content)
		}
	}
	return out
}

// Python runs the program that lists the changes of a Python file, gives it
// the file's text on its standard input and returns what it prints.
type Python func(ctx context.Context, lister judge.Source, text string) ([]byte, error)

// List returns every mutant of a submission, in the order of its files and
// places. The name is part of the identities. Python is only called for
// submissions in that language.
func List(ctx context.Context, name string, lang judge.Language, files []judge.File, python Python) ([]Mutant, error) {
	var out []Mutant
	seen := map[string]int{}
	for _, f := range files {
		edits, err := edits(ctx, lang, f, python)
		if err != nil {
			return nil, fmt.Errorf("listing mutants of %s: %s: %w", name, f.Name, err)
		}
		for _, e := range tidy(f.Content, edits) {
			m := e.mutant(f)
			// Equal changes on equal lines in equal surroundings are told
			// apart by their order.
			key := e.identity(name, f)
			m.ID = identify(key, seen[key])
			seen[key]++
			out = append(out, m)
		}
	}
	return out, nil
}

func edits(ctx context.Context, lang judge.Language, f judge.File, python Python) ([]edit, error) {
	switch lang {
	case judge.Go:
		return goEdits(f.Content)
	case judge.Java:
		return javaEdits(f.Content), nil
	case judge.Python:
		return pythonEdits(ctx, f.Content, python)
	}
	return nil, fmt.Errorf("no mutator for language %q", lang)
}

// edit replaces the bytes from start to end of a text.
type edit struct {
	start, end int
	text       string
	operator   Operator
}

func (e edit) apply(s string) string { return s[:e.start] + e.text + s[e.end:] }

// tidy orders edits by place and leaves out those that change nothing or are
// there already under another operator.
func tidy(text string, edits []edit) []edit {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	})
	type change struct {
		start, end int
		text       string
	}
	seen := map[change]bool{}
	return slices.DeleteFunc(edits, func(e edit) bool {
		c := change{e.start, e.end, e.text}
		same := seen[c] || text[e.start:e.end] == e.text
		seen[c] = true
		return same
	})
}

func (e edit) mutant(f judge.File) Mutant {
	before := f.Content[:e.start]
	line := 1 + strings.Count(before, "\n")
	return Mutant{
		File: f.Name, Line: line, Column: e.start - strings.LastIndexByte(before, '\n'),
		Operator: e.operator, Before: f.Content[e.start:e.end], After: strings.TrimSpace(e.text), edit: e,
	}
}

// identity is all that the ID of a change depends on, but for its order among
// equal ones.
func (e edit) identity(name string, f judge.File) string {
	lineStart := strings.LastIndexByte(f.Content[:e.start], '\n') + 1
	lineEnd := len(f.Content)
	if i := strings.IndexByte(f.Content[e.end:], '\n'); i >= 0 {
		lineEnd = e.end + i
	}
	lines := f.Content[lineStart:lineEnd]
	trimmed := strings.TrimLeft(lines, " \t")
	indent := len(lines) - len(trimmed)
	return strings.Join([]string{
		name, f.Name, string(e.operator),
		lastLine(f.Content[:lineStart]), strings.TrimSpace(trimmed), firstLine(f.Content[lineEnd:]),
		fmt.Sprint(e.start - lineStart - indent), fmt.Sprint(e.end - e.start), e.text,
	}, "\x00")
}

func identify(key string, order int) ID {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, order))
	return ID(hex.EncodeToString(sum[:])[:idLength])
}

// firstLine is the first line of s that is not blank, trimmed.
func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return strings.TrimSpace(line)
}

// lastLine is the last line of s that is not blank, trimmed.
func lastLine(s string) string {
	s = strings.TrimSpace(s)
	return strings.TrimSpace(s[strings.LastIndexByte(s, '\n')+1:])
}
