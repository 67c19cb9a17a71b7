package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// hostileName is a directory's name that would change a terminal's colours and
// title, and look like two lines.
const hostileName = "p\x1b[31mRED\x1b]0;pwned\a\nfake line ok"

// What a directory is called does not reach the terminal as it is.
func TestNamesOfDirectoriesArePrintable(t *testing.T) {
	dir := filepath.Join(skeletons(t, "x/sum"), hostileName)
	if err := os.Rename(filepath.Join(filepath.Dir(dir), "x"), dir); err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(dir, hostileName)
	for _, name := range []string{filepath.Join(dir, "sum", "problem.yaml"), filepath.Join(bad, "problem.yaml")} {
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("name: [\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	empty := filepath.Join(dir, "empty")
	if err := os.Mkdir(empty, 0o750); err != nil {
		t.Fatal(err)
	}
	commands := [][]string{{"problems", "new", "--dir", filepath.Join(dir, "made"), "other"}, {"problems", "new", "--dir", dir, "sum"},
		{"problems", "export", "-o", bad, filepath.Join(dir, "sum")}, {"problems", "export", bad}}
	for _, verb := range []string{"verify", "generate", "calibrate", "mutate"} {
		for _, one := range []string{dir, bad, empty, filepath.Join(dir, "sum")} {
			commands = append(commands, []string{"problems", verb, one})
		}
		commands = append(commands, []string{"problems", verb, "--problem", "nothing", dir})
	}
	for _, args := range commands {
		stdout, stderr, code := call(t, map[string]string{"NO_COLOR": "1"}, args...)
		if said := stdout + stderr; said == "" || strings.ContainsFunc(said, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) ||
			strings.Contains(said, "\nfake line") {
			t.Errorf("docket %q ended with %d and said %q", args, code, said)
		}
	}
}

// A package whose files lie elsewhere is refused by the commands, and an
// export that fails leaves nothing behind.
func TestCommandsRefuseLinksOutOfPackages(t *testing.T) {
	dir := skeletons(t, "sum", "other")
	if err := os.WriteFile(filepath.Join(dir, "key"), []byte("TOP SECRET"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../key", filepath.Join(dir, "sum", "LICENSE")); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	pkg := filepath.Join(dir, "sum")
	for _, args := range [][]string{
		{"problems", "verify", pkg}, {"problems", "verify", "--problem", "sum", dir}, {"problems", "generate", pkg},
		{"problems", "calibrate", pkg}, {"problems", "calibrate", "--show", pkg}, {"problems", "mutate", pkg},
		{"problems", "export", "-o", filepath.Join(out, "sum.zip"), pkg},
	} {
		stdout, stderr, code := call(t, map[string]string{"NO_COLOR": "1"}, args...)
		if code == exitOK || !strings.Contains(stdout+stderr, "LICENSE: is a link that leads out of the package") {
			t.Errorf("docket %q ended with %d and said %q", args, code, stdout+stderr)
		}
	}
	left, err := os.ReadDir(out)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	served, err := catalogFlags{Problems: []string{dir}, TestsDir: t.TempDir()}.open(nil)
	if err != nil {
		t.Fatal(err)
	}
	if pkg, err := served.Package(t.Context(), "sum"); err == nil || !strings.Contains(err.Error(), "LICENSE: is a link") {
		t.Errorf("a server has %v, %v", pkg, err)
	}
	if _, err := served.Package(t.Context(), "other"); err != nil {
		t.Error(err)
	}
}
