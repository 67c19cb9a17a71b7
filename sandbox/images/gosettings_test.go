package images

import (
	"debug/buildinfo"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What the go command makes of //go:debug lines is what a build makes of them.
func TestGoSettingsAreThoseOfTheGoCommand(t *testing.T) {
	found, err := findGo(t.Context())
	must(t, err)
	label, err := found.settings()
	must(t, err)
	var known GoSettings
	must(t, json.Unmarshal([]byte(label), &known))
	version := strings.TrimPrefix(known.Toolchain, "go")
	for _, c := range []struct {
		key, value string
		wrong      string
	}{
		{"panicnil", "1", ""},
		{"default", "go1.20", ""},
		{"default", "go1.21", ""},
		{"default", "go1.23.4", ""},
		{"default", "go" + version, ""},
		{"fips140", "off", ""},
		{"panicnil", "", ""},
		{"nosuchsetting", "1", "there is no setting"},
		{"x509sha1", "1", "Go 1.24 removed"},
		{"default", "go1.9999", "newer than the toolchain"},
		{"default", "1.21", "must be a version"},
		{"panicnil", "1,x=2", "a comma"},
		{"panicnil", "1 x=2", "a space"},
		{"", "1", "there is no setting"},
	} {
		wrong := known.Check(c.key, c.value)
		if c.wrong == "" && wrong != "" || !strings.Contains(wrong, c.wrong) {
			t.Errorf("%s=%s: %q", c.key, c.value, wrong)
		}
		want, ok := byGoCommand(t, version, c.key+"="+c.value)
		if ok != (wrong == "") {
			t.Errorf("%s=%s: the go command takes it: %v; we: %q", c.key, c.value, ok, wrong)
		}
		if got := known.Default(map[string]string{c.key: c.value}); ok && got != want {
			t.Errorf("%s=%s: got %q, want %q", c.key, c.value, got, want)
		}
	}
	both := known.Default(map[string]string{"default": "go1.20", "panicnil": "0"})
	if !strings.Contains(both, "panicnil=0") || !strings.Contains(both, "httplaxcontentlength=1") {
		t.Errorf("a setting beside default: %q", both)
	}
}

// byGoCommand is the default of GODEBUG in a program with one //go:debug line,
// and whether the go command builds it.
func byGoCommand(t *testing.T, version, setting string) (string, bool) {
	t.Helper()
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module m\n\ngo "+version+"\n"), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte("//go:debug "+setting+"\npackage main\n\nfunc main() {}\n"), 0o600))
	cmd := exec.Command("go", "build", "-o", "program", ".")
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), stdlibEnv...), "PWD="+dir)
	if said, err := cmd.CombinedOutput(); err != nil {
		if !strings.Contains(string(said), "invalid //go:debug") {
			t.Fatalf("%v: %s", err, said)
		}
		return "", false
	}
	info, err := buildinfo.ReadFile(filepath.Join(dir, "program"))
	must(t, err)
	for _, s := range info.Settings {
		if s.Key == "DefaultGODEBUG" {
			return s.Value, true
		}
	}
	return "", true
}
