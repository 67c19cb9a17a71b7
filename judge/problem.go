package judge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Slug names a problem: lower-case letters, digits and dashes.
type Slug string

// ValidSlug reports whether s has the form of a slug.
func ValidSlug(s string) bool {
	if s == "" || len(s) > 64 || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// Catalog finds problems.
type Catalog interface {
	// Problem returns the problem of that name, or an Error of CodeNotFound.
	Problem(ctx context.Context, slug Slug) (*Problem, error)
}

// Problem is all that a judging needs to know of a problem. It is immutable
// once loaded and safe to share.
type Problem struct {
	Slug       Slug
	Title      string
	Revision   string // digest of the package, so that a report says what it was judged by
	Difficulty string
	Keywords   []string
	Statement  string // Markdown
	Languages  []Language
	Limits     Limits
	// LanguageLimits overrides Limits for some languages.
	LanguageLimits map[Language]Limits
	Groups         []Group // in judging order, samples first
	Validation     Validation
	// Harness makes programs of submissions that are only a function or a
	// class. Nil where submissions are whole programs.
	Harness Harness
	// Interactor stands between the tests and the programs of a problem whose
	// driver supplies callables. Nil for all others.
	Interactor Interactor
	// Relay runs tests in several processes, one after another. Nil where each
	// is one process.
	Relay Relay
	// Reference is an accepted submission, which answers a client's own cases.
	// Nil where there is none.
	Reference *Reference
	// InputValidators accept or refuse the cases of a client's own run.
	InputValidators []InputValidator
	// Disclosure says what reports show of tests that are not samples and have no
	// policy of their own.
	Disclosure Disclosure
}

// Reference is an accepted submission of a problem.
type Reference struct {
	Language Language
	Files    []File
}

// InputValidator is a program that accepts or refuses the input of a test.
type InputValidator struct {
	Source Source
	Args   []string
}

// Interactor talks with a program while it runs, outside of its box.
type Interactor interface {
	// Converse writes the test to program and reads the program's replies from
	// replies. What Converse writes to output is judged in place of what the
	// program printed. Converse returns when either side has ended. An error
	// means that the judge failed, not the program.
	Converse(tests io.Reader, program io.Writer, replies io.Reader, output io.Writer) error
}

// Disclosure is how much reports show of a hidden test. Each policy shows what
// those before it show.
type Disclosure string

// The policies. The zero value is DiscloseVerdict.
const (
	// DiscloseNone shows nothing of hidden tests but how many passed.
	DiscloseNone Disclosure = "none"
	// DiscloseVerdict shows each test's verdict and use of resources, the number of
	// its first failing case, and which limit or which kind of exception it was.
	DiscloseVerdict Disclosure = "verdict"
	// DiscloseReason shows why: what a crashed program said last, where an output
	// differs, and the test's hint. A program can print its input before it
	// crashes, so what it said may hold the test's data.
	DiscloseReason Disclosure = "reason"
	// DiscloseFirstFailingCase shows the first case that failed: its input, the
	// expected and the actual output.
	DiscloseFirstFailingCase Disclosure = "first-failing-case"
)

// Disclosures lists the policies, the one that shows least first.
func Disclosures() []Disclosure {
	return []Disclosure{DiscloseNone, DiscloseVerdict, DiscloseReason, DiscloseFirstFailingCase}
}

// Shows reports whether a policy shows what another one does.
func (d Disclosure) Shows(what Disclosure) bool {
	if d == "" {
		d = DiscloseVerdict
	}
	return slices.Index(Disclosures(), d) >= slices.Index(Disclosures(), what)
}

// DisclosureOf is how much reports show of a test.
func (p *Problem) DisclosureOf(t *Test) Disclosure {
	switch {
	case t.Sample:
		return DiscloseFirstFailingCase // everybody has it
	case t.Disclosure != "":
		return t.Disclosure
	}
	return p.Disclosure
}

// Harness makes a whole program of a solution that is only a function or a
// class. It is safe for concurrent use.
type Harness interface {
	// Source is what is built from a solution's files. Files that cannot be a
	// solution are an Error of CodeInvalid, which their author sees as a
	// compile error.
	Source(lang Language, files []File) (Source, error)
	// Starter is the text of a solution that compiles and is to be filled in,
	// with the name that its file should have.
	Starter(lang Language) File
	// Input is the text of a test with the given cases, each a JSON value. A
	// case that does not fit the problem is an Error of CodeRejected that names
	// its place in the list.
	Input(cases []json.RawMessage) ([]byte, error)
}

// Trimmer is a Harness that shortens a solution's standard error. It removes the
// driver's frames from a trace that a language's runtime printed, since the
// solution's author did not write the driver.
type Trimmer interface {
	Trim(lang Language, stderr string) string
}

// LimitsFor is what a program in a language is held to.
func (p *Problem) LimitsFor(lang Language) Limits {
	l, ok := p.LanguageLimits[lang]
	if !ok {
		l = p.Limits
	}
	return l.WithDefaults()
}

// Tests counts the tests of all groups.
func (p *Problem) Tests() int {
	n := 0
	for _, g := range p.Groups {
		n += len(g.Tests)
	}
	return n
}

// Group is a run of tests that are judged together.
type Group struct {
	Name   string // "sample", "secret", "secret/01-small"
	Sample bool
	// BreakOnReject stops the group, and what follows it, at the first test
	// that is not accepted.
	BreakOnReject bool
	Tests         []Test
	Checker       Checker // nil where a validator decides
	// Flags are extra arguments for the output validator of this group's tests.
	Flags []string
}

// Test is one input with its answer, and one process, or several where the
// problem has a [Relay].
type Test struct {
	Name   string // unique in the problem: "sample/1", "secret/07-deep"
	Sample bool
	Input  Data
	Answer Data
	Args   []string // command line arguments of the submission
	// Disclosure is what reports show of it; "" means what the problem says.
	Disclosure Disclosure
	Hint       string // for those who fail it
}

// MaxSample is how much of a sample's input or answer solvers are shown.
const MaxSample = 64 * KiB

// Data is a file that is read where it lies and never held whole in memory.
type Data struct {
	Size Bytes
	Open func() (io.ReadCloser, error)
}

// Checker decides whether an output is right by comparing it with the answer.
// It must read both as streams.
type Checker interface {
	Check(output, answer io.Reader) (Finding, error)
}

// CaseChecker is a Checker that looks at the test as well, because each call in
// the test says how its result is to be compared.
type CaseChecker interface {
	Checker
	CheckCases(test, output, answer io.Reader) (Finding, error)
}

// Check lets a checker decide on an output of a test.
func Check(c Checker, test Data, output, answer io.Reader) (Finding, error) {
	cases, ok := c.(CaseChecker)
	if !ok {
		return c.Check(output, answer)
	}
	in, err := test.Open()
	if err != nil {
		return Finding{}, fmt.Errorf("opening input: %w", err)
	}
	f, err := cases.CheckCases(in, output, answer)
	return f, errors.Join(err, in.Close())
}

// Finding is what a checker found.
type Finding struct {
	// Reason is empty when the output is right, and otherwise short words for
	// operators and authors, which may quote the answer.
	Reason string
	// Outline is the reason without anything of the test's data: where the output
	// differs, but not how. It may be empty beside a reason.
	Outline string
	// Passed counts the cases before the first wrong one, and Total counts all
	// cases. A case is one line of a function problem's test; other tests have
	// no cases, and both numbers are zero.
	Passed, Total int
	// Expected and Actual are the first wrong case's answer and output,
	// shortened where they are long.
	Expected, Actual string
}

// Validation says how outputs are judged when a plain comparison is not
// enough. The zero value means that each group's Checker decides.
type Validation struct {
	// Validator is the problem's own output validator, or nil.
	Validator *Source
	// Interactive connects the validator to the running submission.
	Interactive bool
	// Limits bound the validator's own runs.
	Limits Limits
}
