package sandbox

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The map in the package's comment shows the way to each of its files.
func TestMapListsEveryFile(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, f := range files {
		there[f] = true
		if f != "doc.go" && !strings.HasSuffix(f, "_test.go") && !regexp.MustCompile(`\b`+regexp.QuoteMeta(f)).Match(doc) {
			t.Errorf("%s is not on the map", f)
		}
	}
	for _, f := range regexp.MustCompile(`\w+\.go\b`).FindAllString(string(doc), -1) {
		if !there[f] {
			t.Errorf("the map shows %s, which is not there", f)
		}
	}
}

// Each row of a table names a place below the root of the repository, and what
// is found there.
var placeRow = regexp.MustCompile("(?m)^\\| `([^`]+)` \\|([^|]*)\\|")

// The page on how to add a language names what is there.
func TestLanguagesPageIsTrue(t *testing.T) {
	page, err := os.ReadFile("LANGUAGES.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := placeRow.FindAllStringSubmatch(string(page), -1)
	if len(rows) < 30 {
		t.Fatalf("%d rows were found", len(rows))
	}
	inCode := regexp.MustCompile("`([^`]+)`")
	root := os.DirFS("..")
	for _, row := range rows {
		text, err := fs.ReadFile(root, row[1])
		if err != nil {
			t.Errorf("%s: %v", row[1], err)
			continue
		}
		for _, name := range inCode.FindAllStringSubmatch(row[2], -1) {
			if !regexp.MustCompile(`\b` + regexp.QuoteMeta(name[1]) + `\b`).Match(text) {
				t.Errorf("%s has no %s", row[1], name[1])
			}
		}
	}
	for _, file := range tellApart(t, root) {
		if !strings.Contains(string(page), "`"+file+"`") {
			t.Errorf("%s tells languages apart, and the page does not name it", file)
		}
	}
	// Files that the text around the tables names, unless they are to be written.
	for _, m := range regexp.MustCompile("`((?:api|cmd|judge|problems|sandbox)/[^`*]*)`").FindAllStringSubmatch(string(page), -1) {
		if strings.Contains(m[1], "rust") {
			continue
		}
		if _, err := fs.Stat(root, strings.TrimSuffix(m[1], "/")); err != nil {
			t.Errorf("%s: %v", m[1], err)
		}
	}
}

// tellApart lists the files of the product that compare a language with one that
// they name.
func tellApart(t *testing.T, root fs.FS) (files []string) {
	t.Helper()
	compares := regexp.MustCompile(`(case|[=!]=) judge\.(Go|Java|Python)\b`)
	for _, dir := range []string{"api", "cmd", "judge", "problems", "sandbox"} {
		err := fs.WalkDir(root, dir, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && (d.Name() == "testdata" || path == "problems/catalog"):
				return fs.SkipDir
			case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			text, err := fs.ReadFile(root, path)
			if compares.Match(text) {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) < 5 {
		t.Fatalf("only %v tell languages apart", files)
	}
	return files
}
