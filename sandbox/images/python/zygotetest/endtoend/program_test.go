//go:build !quick

package endtoend_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// program is one program of testdata; package zygotetest says how they are
// named.
type program struct {
	name  string
	files []judge.File
	stdin string
}

func load(t *testing.T, dir string) []program {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	read := func(parts ...string) string {
		data, err := os.ReadFile(filepath.Join(parts...))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	var all []program
	for _, e := range entries {
		p := program{}
		if name, ok := strings.CutSuffix(e.Name(), ".py"); ok {
			p.name, p.files = name, []judge.File{{Name: "main.py", Content: read(dir, e.Name())}}
		} else if below := filepath.Join(dir, e.Name()); isProgram(below) {
			p.name = e.Name()
			err := fs.WalkDir(os.DirFS(below), ".", func(path string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					p.files = append(p.files, judge.File{Name: path, Content: read(below, path)})
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		} else {
			continue
		}
		stdin, err := os.ReadFile(filepath.Join(dir, p.name+".in"))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		p.stdin = string(stdin)
		all = append(all, p)
	}
	return all
}

// isProgram reports whether a directory holds one program, and not several.
func isProgram(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "main.py"))
	return err == nil
}
