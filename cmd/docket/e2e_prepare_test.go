//go:build !quick

package main_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// generating is doubling with a generated test, whose answer is said to be
// answer.
func generating(slug, input, answer string) map[string]string {
	return doubling(slug, "time_limit: 1", "pass-fail", map[string]string{
		"generators/g.py": "print(" + input + ")\n",
		"docket.yaml": "reference: accepted/fine.py\ngenerate:\n  - name: secret/3\n    generator: g.py\n" +
			"    sha256: \"" + digestOf(input+"\n") + "\"\n    answer_sha256: \"" + digestOf(answer+"\n") + "\"\n",
	})
}

func digestOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// TestUpMakesTests waits for generated tests that no submission asked for.
func TestUpMakesTests(t *testing.T) {
	needImages(t)
	tests := testsDir(t)
	for _, text := range []string{"700\n", "1400\n"} { // of an earlier run
		digest := digestOf(text)
		if err := os.Remove(filepath.Join(tests, digest[:2], digest)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	d := start(t, "up", "--listen", "127.0.0.1:0", "--tests-dir", tests, "--no-self-check",
		"--problems", writeProblems(t, generating("right", "700", "1400"), generating("wrong", "800", "1601")))
	name := d.workerID(t)
	d.await(t, `level=WARN msg="making generated tests" .*making tests of problem wrong: test secret/3: answer_sha256`)
	for what, text := range map[string]string{"the input": "700\n", "the answer": "1400\n"} {
		digest := digestOf(text)
		if got, err := os.ReadFile(filepath.Join(tests, digest[:2], digest)); string(got) != text {
			t.Errorf("%s is %q, want %q: %v", what, got, text, err)
		}
	}
	d.signal(t, syscall.SIGINT)
	d.ends(t)
	wantNoBoxes(t, name)
}

// testsDir is where docket keeps generated tests by default. Making those of the
// built-in problems takes minutes, so tests share what earlier ones made:
// .ci/suite gives them a directory of their own, plain go test uses the user's.
func testsDir(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(cache, "docket", "tests")
}

// TestInterruptedWhileMakingTests ends a worker whose generator would go on
// for longer than anybody waits.
func TestInterruptedWhileMakingTests(t *testing.T) {
	needImages(t)
	p := generating("endless", "1", "2")
	p["endless/generators/g.py"] = "while True:\n    pass\n"
	d := start(t, "up", "--listen", "127.0.0.1:0", "--tests-dir", t.TempDir(), "--no-self-check", "--problems", writeProblems(t, p))
	name := d.workerID(t)
	d.await(t, "Docket serves at")
	d.signal(t, syscall.SIGINT)
	d.ends(t)
	wantNoBoxes(t, name)
}
