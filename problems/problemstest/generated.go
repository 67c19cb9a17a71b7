package problemstest

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// NoDigest is a digest that nothing has.
const NoDigest = "0000000000000000000000000000000000000000000000000000000000000000"

// Generated is a package with the generator g.py and a text of docket.yaml.
func Generated(docket string) Files {
	return Minimal.With(Files{"generators/g.py": "print(3)\n", "docket.yaml": docket})
}

// Digest is what docket.yaml pins of a text.
func Digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// What the programs of [Programs] make of the test of [WithGenerated].
const (
	MadeInput  = "made 7\n"
	MadeAnswer = "MADE 7\n"
)

// WithGenerated pins two digests for one generated test.
func WithGenerated(input, answer string) Files {
	return Generated("generate:\n  - name: secret/2\n    generator: g.py\n    args: [\"7\"]\n    sha256: \"" + input +
		"\"\n    answer_sha256: \"" + answer + "\"\n").With(Files{
		"generators/g.py":           "# generator\n",
		"submissions/accepted/a.py": "# reference\n",
		"input_validators/v.py":     "# validator\n",
	})
}

// Programs are a generator, a reference and an input validator that accepts
// everything, by the word that their sources have in [WithGenerated].
func Programs() map[string]Program {
	return map[string]Program{
		"generator": func(r judge.Run, _ string) (string, int) { return "made " + strings.Join(r.Args, " ") + "\n", 0 },
		"reference": func(_ judge.Run, in string) (string, int) { return strings.ToUpper(in), 0 },
		"validator": func(judge.Run, string) (string, int) { return "", 42 },
	}
}

// Draft writes a package into a directory of its own.
func Draft(t *testing.T, f Files) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "double")
	Write(t, dir, f)
	return dir
}

// Read reads a file of a package in a directory.
func Read(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name)) //nolint:gosec // a test's own directory
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Unfinished is a package that has neither digests nor all answers.
func Unfinished() Files {
	return WithGenerated("", "").With(Files{
		"docket.yaml":       "# mine\ngenerate:\n  - name: secret/2   # the second\n    generator: g.py\n    args: [\"7\"]\n",
		"data/sample/1.in":  "one\n",
		"data/sample/1.ans": Gone,
		"data/secret/1.in":  "two\n",
		"data/secret/1.ans": "kept\n",
	})
}
