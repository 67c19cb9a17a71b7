//go:build !quick

package sidebyside

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// defaultEnv is what the sandbox gives to programs.
func defaultEnv() []string {
	return []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/work", "TMPDIR=/tmp", "LANG=C.UTF-8", "USER=docket"}
}

// read makes a case of testdata/NAME.py or of the directory testdata/NAME.
func read(t testing.TB, name string) order {
	t.Helper()
	o := order{Do: "compare", Script: "main.py", Files: map[string]string{}, Env: defaultEnv()}
	base := filepath.Join("testdata", name)
	if b, err := os.ReadFile(base + ".py"); err == nil {
		o.Files[o.Script] = string(b)
	} else if err := fs.WalkDir(os.DirFS(base), ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(base, file))
		o.Files[file] = string(b)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	stdin, err := os.ReadFile(base + ".in")
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	o.Stdin = stdin
	for line := range strings.Lines(o.Files["main.py"]) {
		key, value, ok := strings.Cut(strings.TrimSpace(strings.TrimPrefix(line, "# ")), ": ")
		if !strings.HasPrefix(line, "# ") || !ok {
			break
		}
		switch key {
		case "args":
			o.Args = strings.Fields(value)
		case "env":
			o.Env = withVariable(o.Env, value)
		case "mode":
			o.Mode = value
		case "name":
			o.Files[value] = o.Files[o.Script]
			delete(o.Files, o.Script)
			o.Script = value
		}
	}
	return o
}

// withVariable adds NAME=value, or puts it in the place of what has that name.
func withVariable(env []string, v string) []string {
	name, _, _ := strings.Cut(v, "=")
	for i, old := range env {
		if strings.HasPrefix(old, name+"=") {
			env[i] = v
			return env
		}
	}
	return append(env, v)
}

// differences says in what the two ways of running a program differ.
func differences(a answer) string {
	if a.Error != "" {
		return a.Error
	}
	a.Zygote.MemoryError = false // of which a plain interpreter tells nobody
	return cmp.Diff(readable(a.Plain), readable(a.Zygote))
}

func readable(f fate) []string {
	return []string{
		"stdout: " + text(f.Stdout), "stderr: " + text(f.Stderr),
		fmt.Sprintf("exit code %d, signal %d", f.Exit, f.Signal), f.Error,
	}
}

// text keeps apart what a comparison of strings would not.
func text(b []byte) string {
	if bytes.ContainsRune(b, '\uFFFD') || !bytes.Equal([]byte(strings.ToValidUTF8(string(b), "")), b) {
		return fmt.Sprintf("%q", b)
	}
	return string(b)
}
