package judge

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"time"
	"unicode/utf8"
)

// SubmissionID is a UUIDv7 in its usual text form, so that ids sort by time. What
// authors judge has the name of its file instead, for messages.
type SubmissionID string

// ParseSubmissionID checks the form of an id that came from outside.
func ParseSubmissionID(s string) (SubmissionID, error) {
	if len(s) != 36 {
		return "", NotFound("%q is not a submission id", clip(s, 64))
	}
	for i := range len(s) {
		c := s[i]
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return "", NotFound("%q is not a submission id", clip(s, 64))
			}
		default:
			if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
				return "", NotFound("%q is not a submission id", clip(s, 64))
			}
		}
	}
	return SubmissionID(s), nil
}

// MaxCases is how many cases of its own a client's run may have.
const MaxCases = 100

// Kind tells a submission to a problem from a run with custom input.
type Kind string

// The kinds. Both take the same way through queue and sandbox.
const (
	KindSubmission Kind = "submission"
	KindRun        Kind = "run"
)

// Queue names the Asynq queue that a judging waits in.
type Queue string

// The queues, by falling weight.
const (
	Interactive Queue = "interactive" // somebody is waiting
	Default     Queue = "default"
	Batch       Queue = "batch" // rejudges and bulk work
)

// Queues lists every queue.
func Queues() []Queue { return []Queue{Interactive, Default, Batch} }

// Submission is what was sent.
type Submission struct {
	ID       SubmissionID `json:"id"`
	Kind     Kind         `json:"kind"`
	Problem  Slug         `json:"problem,omitempty"` // empty for a run with plain stdin
	Language Language     `json:"language"`
	Files    []File       `json:"files"`

	Stdin  string            `json:"stdin,omitempty"` // runs only
	Cases  []json.RawMessage `json:"cases,omitempty"` // runs of function problems only
	Limits Limits            `json:"limits,omitzero"` // runs only
	Queue  Queue             `json:"queue"`

	User       string          `json:"user,omitempty"`
	Metadata   json.RawMessage `json:"metadata,omitempty"`
	WebhookURL string          `json:"webhook_url,omitempty"`
	KeyID      string          `json:"key_id,omitempty"` // the API key that sent it
	Created    time.Time       `json:"created"`
}

// File is one source file.
type File struct {
	Name    string `json:"name"`    // relative, with forward slashes
	Content string `json:"content"` // UTF-8 text
}

// Caps on what a submission may contain.
const (
	MaxFiles       = 32
	MaxFileName    = 128
	MaxSourceBytes = 256 * KiB // all files together
	MaxStdinBytes  = 1 * MiB
)

// ValidateFiles checks the sources of a submission and names the field at
// fault. It refuses what could reach outside the box's source directory or
// into the toolchain.
func ValidateFiles(lang Language, files []File) error {
	if !lang.Valid() {
		return Invalid("language", "%q is not one of go, java, python", clip(string(lang), 32))
	}
	if len(files) == 0 {
		return Invalid("files", "at least one source file is needed")
	}
	if len(files) > MaxFiles {
		return Invalid("files", "at most %d files are taken, got %d", MaxFiles, len(files))
	}
	var total Bytes
	seen := make(map[string]bool, len(files))
	for i, f := range files {
		field := fmt.Sprintf("files[%d]", i)
		if err := validateName(lang, f.Name); err != "" {
			return Invalid(field+".name", "%s", err)
		}
		folded := strings.ToLower(f.Name)
		if seen[folded] {
			return Invalid(field+".name", "%q is given twice", f.Name)
		}
		seen[folded] = true
		if !utf8.ValidString(f.Content) {
			return Invalid(field+".content", "must be UTF-8 text")
		}
		total += Bytes(len(f.Content))
		if total > MaxSourceBytes {
			return &Error{Code: CodeTooLarge, Field: "files",
				Message: fmt.Sprintf("sources may total %d KiB", MaxSourceBytes.KiB())}
		}
	}
	if lang == Python && len(files) > 1 && !seen[Python.MainFile()] {
		return Invalid("files", "one of several Python files must be %s: it is the one that is run", Python.MainFile())
	}
	return nil
}

func validateName(lang Language, name string) string {
	switch {
	case name == "":
		return "must not be empty"
	case len(name) > MaxFileName:
		return fmt.Sprintf("must be at most %d bytes", MaxFileName)
	case path.IsAbs(name), path.Clean(name) != name, strings.HasPrefix(name, ".."):
		return "must be a plain relative path"
	case !strings.HasSuffix(name, lang.Extension()):
		return fmt.Sprintf("must end in %s", lang.Extension())
	}
	for _, part := range strings.Split(name, "/") {
		if strings.HasPrefix(part, ".") || strings.HasPrefix(part, "-") {
			return "no part may begin with a dot or a dash"
		}
	}
	for _, r := range name {
		ok := r == '/' || r == '_' || r == '-' || r == '.' || r == '$' ||
			r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !ok {
			return "may hold letters, digits, and the characters _ - . $ /"
		}
	}
	if lang == Go {
		switch {
		case strings.Contains(name, "/"):
			return "Go files lie side by side, without directories"
		case strings.HasSuffix(name, "_test.go"):
			return "test files are not compiled; rename it"
		}
	}
	return ""
}

// clip shortens outside text for use in a message.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "..."
}
