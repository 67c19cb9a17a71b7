package problems

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
)

// Format is a version of the ICPC problem package format.
type Format string

// The versions that are read.
const (
	Format2025   Format = "2025-09"
	FormatLegacy Format = "legacy"
)

// ErrNotMade is why the data of a generated test cannot be opened: nobody has
// run its generator yet.
var ErrNotMade = errors.New("generated test data has not been made")

func errNotMade(test string) error { return fmt.Errorf("test %s: %w", test, ErrNotMade) }

// Package is a loaded problem package. It is immutable and safe to share.
type Package struct {
	// Problem is what a judging needs. The data of generated tests cannot be
	// opened until a forge has made it; see [TestMaker].
	Problem *judge.Problem

	Format      Format
	Interactive bool
	Names       map[string]string // by language of the statement: "en", "pt-BR"
	UUID        string
	Version     string
	License     string
	RightsOwner string
	Credits     Credits
	Sources     []Origin
	Embargo     time.Time // zero when there is none

	// Statements by their language, with constants replaced.
	Statements map[string]Statement
	// Editorials are the languages that solution/ explains the problem in.
	Editorials []string
	Samples    []Sample
	Tests      map[string]TestDetail // by the name of the test

	InputValidators []Program
	Submissions     []Submission
	Reference       *Submission // makes answers; nil when no accepted one can be run
	Generate        []Generation
	InvalidInputs   []InvalidInput
	// Equivalent are the mutants that no test can find.
	Equivalent []EquivalentMutant
	Calibrated *CalibrationRecord // nil when the limits were not measured
	// LeftOut are the submissions that are not exported, because they are wrong
	// only where every instance is a process.
	LeftOut []string

	// Warnings say what was left out and why.
	Warnings []string

	// Files are the paths of all files in the package, in order. Files whose names
	// the format does not take are not among them.
	Files []string
}

// Statement is a problem's text in one language.
type Statement struct {
	Text   string
	Format string // "md" or "tex"
}

// Credits say who made a problem. A person is "Name" or "Name <address>".
type Credits struct {
	Authors          []string            `json:"authors,omitempty"`
	Contributors     []string            `json:"contributors,omitempty"`
	Testers          []string            `json:"testers,omitempty"`
	Translators      map[string][]string `json:"translators,omitempty"`
	Packagers        []string            `json:"packagers,omitempty"`
	Acknowledgements []string            `json:"acknowledgements,omitempty"`
}

// Origin is a contest or course that a problem comes from.
type Origin struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// Sample is a test as the statement shows it. Interaction replaces the other
// two for interactive problems: its lines begin with < for what the submission
// reads and with > for what it prints.
type Sample struct {
	Name        string `json:"name"`
	Input       string `json:"input,omitempty"`
	Output      string `json:"output,omitempty"`
	Interaction string `json:"interaction,omitempty"`
	Description string `json:"description,omitempty"`
	Truncated   bool   `json:"truncated,omitempty"`
}

// TestDetail is what is known of a test beside its data.
type TestDetail struct {
	Hint         string // for those who failed it
	Description  string // for the authors
	FullFeedback bool   // the author lets everybody see it
	// InputFlags are the arguments of the input validators: of the one
	// named, or of all under the empty name.
	InputFlags map[string][]string
	Generated  bool
	// NoAnswer marks a committed input whose answer nobody has made yet. Only
	// packages that are being written have such tests; see [LoadDraft].
	NoAnswer bool
}

// Program is a validator or generator of a package.
type Program struct {
	Name   string // of its file or directory
	Source judge.Source
}

// Submission is one of a package's example submissions.
type Submission struct {
	Name     string // "accepted/solution.go"
	Language judge.Language
	Files    []judge.File
	Model    bool // the authors would publish it
	Expect   []Expectation
}

// Expectation is what must hold of the verdicts of a submission's tests.
type Expectation struct {
	// Tests is a glob of the tests and groups it is about; empty for all.
	Tests string
	// Permitted are the verdicts that every test must have. Nil permits all.
	Permitted []judge.Verdict
	// Required are the verdicts of which at least one test must have one.
	// Nil requires nothing.
	Required []judge.Verdict
}

// Generation makes one test with a program of the package.
type Generation struct {
	Test    string // "secret/20-random"
	Program Program
	Args    []string
	Input   Digest // of the input
	Answer  Digest // of the answer
}

// Digest is a SHA-256 in lower-case hexadecimal digits.
type Digest string

// Unpinned stands in a package for a digest that nobody has taken yet.
const Unpinned = Digest("0000000000000000000000000000000000000000000000000000000000000000")

// InvalidInput is an input that the validators must refuse.
type InvalidInput struct {
	Name       string
	Input      judge.Data
	InputFlags map[string][]string
}

// Check is one finding about a package's data.
type Check struct {
	Name   string `json:"name"` // "input validator validate.py: secret/01-empty"
	Reason string `json:"reason,omitempty"`
}

// FlagsFor are the arguments of an input validator, out of those of a test or an
// invalid input. The validator is named with or without its ending there.
func FlagsFor(by map[string][]string, validator string) []string {
	base, _, _ := strings.Cut(validator, ".")
	for _, key := range []string{validator, base, ""} {
		if flags, ok := by[key]; ok {
			return append([]string(nil), flags...)
		}
	}
	return nil
}
