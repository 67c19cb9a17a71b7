package forge

import (
	"errors"
	"fmt"
	"strings"

	"github.com/docketjudge/docket/problems"
)

// faultError is what a program of a package did wrong, as against what went
// wrong in the judge.
type faultError struct{ reason string }

func (e *faultError) Error() string { return e.reason }

// IsFault reports whether an error is the package's doing: one of its programs
// failed, or printed something else than it pins.
func IsFault(err error) bool {
	var fault *faultError
	var digest *DigestError
	return errors.As(err, &fault) || errors.As(err, &digest)
}

func faultf(format string, args ...any) error { return &faultError{fmt.Sprintf(format, args...)} }

// DigestError says that a generator or reference printed something else than
// the package pins. Authors take the right digest from it.
type DigestError struct {
	Test   string
	Part   string // "sha256" or "answer_sha256", as docket.yaml calls them
	Got    problems.Digest
	Pinned problems.Digest
}

func (e *DigestError) Error() string {
	if e.Pinned == problems.Unpinned {
		return fmt.Sprintf("test %s: %s is not pinned; %s was made", e.Test, e.Part, e.Got)
	}
	return fmt.Sprintf("test %s: %s is pinned to %s, but %s was made", e.Test, e.Part, e.Pinned, e.Got)
}

// DigestErrors are all the wrong digests of a package.
type DigestErrors []*DigestError

func (e DigestErrors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "; ")
}

// Unwrap lets errors.As find a single one.
func (e DigestErrors) Unwrap() []error {
	out := make([]error, len(e))
	for i, one := range e {
		out[i] = one
	}
	return out
}

// take sets a wrong digest aside, so that an author learns of all of them at
// once, and returns other errors.
func (e *DigestErrors) take(err error) error {
	var d *DigestError
	if errors.As(err, &d) {
		*e = append(*e, d)
		return nil
	}
	return err
}
