package problems_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/problems/problemstest"
)

// A package has so many files at most.
func TestFilesOfPackagesAreBounded(t *testing.T) {
	const most = 20_000
	f := problemstest.Minimal.With(nil)
	taken := 0 // of the names, by the format
	for name := range f {
		if !strings.HasPrefix(name, ".") && !strings.Contains(name, "/.") && !strings.Contains(name, "(") {
			taken++
		}
	}
	for i := taken; i < most; i++ {
		f[fmt.Sprintf("attachments/%d.txt", i)] = ""
	}
	if _, err := problems.Load(f.FS(), "double"); err != nil {
		t.Errorf("with %d files: %v", most, err)
	}
	f["attachments/more.txt"] = ""
	if _, err := problems.Load(f.FS(), "double"); err == nil || !strings.Contains(err.Error(), "more than 20000 files") {
		t.Errorf("with one more: %v", err)
	}
}
