package main

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	mapForm  = regexp.MustCompile(`(?s)// # Where things are\n(.*?)\n(?:// # |package )`)
	fileForm = regexp.MustCompile(`(?:^|[\s,])(\w+\.go)\b`)
)

// A package that has a map of its files names every one of them, and none that
// is not there.
func TestMapsNameTheFilesThatThereAre(t *testing.T) {
	root := os.DirFS("../..")
	maps := 0
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() != "doc.go" {
			return err
		}
		doc, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		found := mapForm.FindSubmatch(doc)
		// That of api tells of a few files alone.
		if dir := path.Dir(name); found != nil && dir != "api" {
			maps++
			compareMap(t, root, dir, string(found[1]))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if maps < 10 {
		t.Errorf("only %d packages have maps", maps)
	}
}

func compareMap(t *testing.T, root fs.FS, dir, text string) {
	t.Helper()
	var named []string
	for _, m := range fileForm.FindAllStringSubmatch(text, -1) {
		named = append(named, m[1])
	}
	files, err := fs.Glob(root, dir+"/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := path.Base(f)
		if name != "doc.go" && !strings.HasSuffix(name, "_test.go") && !slices.Contains(named, name) {
			t.Errorf("the map in %s/doc.go lacks %s", dir, name)
		}
	}
	for _, name := range named {
		if !slices.Contains(files, dir+"/"+name) {
			t.Errorf("the map in %s/doc.go has %s, which is not there", dir, name)
		}
	}
}
