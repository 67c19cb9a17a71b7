package sandbox

import (
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
