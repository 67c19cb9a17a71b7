package problems_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

const zeros = "0000000000000000000000000000000000000000000000000000000000000000"

// generated is a package with a generated test, and generate its docket.yaml.
func generated(docket string) files {
	return minimal.with(files{"generators/g.py": "print(3)\n", "docket.yaml": docket})
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

const madeInput, madeAnswer = "made 7\n", "MADE 7\n"

// withGenerated pins two digests for one generated test.
func withGenerated(input, answer string) files {
	return generated("generate:\n  - name: secret/2\n    generator: g.py\n    args: [\"7\"]\n    sha256: \"" + input +
		"\"\n    answer_sha256: \"" + answer + "\"\n").with(files{
		"generators/g.py":           "# generator\n",
		"submissions/accepted/a.py": "# reference\n",
		"input_validators/v.py":     "# validator\n",
	})
}

func forgePrograms() map[string]program {
	return map[string]program{
		"generator": func(r judge.Run, _ string) (string, int) { return "made " + strings.Join(r.Args, " ") + "\n", 0 },
		"reference": func(_ judge.Run, in string) (string, int) { return strings.ToUpper(in), 0 },
		"validator": func(judge.Run, string) (string, int) { return "", 42 },
	}
}

// draft writes a package into a directory of its own.
func draft(t *testing.T, f files) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "double")
	writeDir(t, dir, f)
	return dir
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// unfinished has neither digests nor all answers.
func unfinished() files {
	return withGenerated("", "").with(files{
		"docket.yaml":       "# mine\ngenerate:\n  - name: secret/2   # the second\n    generator: g.py\n    args: [\"7\"]\n",
		"data/sample/1.in":  "one\n",
		"data/sample/1.ans": gone,
		"data/secret/1.in":  "two\n",
		"data/secret/1.ans": "kept\n",
	})
}
