package harness_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness"
	"github.com/docketjudge/docket/problems/harness/signature"
)

// A file of a solution must not stand in for the driver.
func TestFilesNamedAsTheDriverAreRefused(t *testing.T) {
	sig, err := signature.ParseFunction("f(n int) int")
	if err != nil {
		t.Fatal(err)
	}
	const solution = "def f(n):\n    return n\n"
	for _, name := range []string{"docket_main.py", "Docket_Main.py"} {
		for _, files := range [][]judge.File{
			{{Name: name, Content: solution}},
			{{Name: "main.py", Content: solution}, {Name: name, Content: solution}},
		} {
			_, err := harness.New(sig).Source(judge.Python, files)
			if want := name + " is the name of the driver"; judge.CodeOf(err) != judge.CodeInvalid || !strings.Contains(err.Error(), want) {
				t.Errorf("%d files: %v, want %s", len(files), err, want)
			}
		}
	}
	src, err := harness.New(sig).Source(judge.Python, []judge.File{{Name: "main.py", Content: solution}, {Name: "docket.py", Content: ""}})
	if err != nil || len(src.Files) != 2 {
		t.Errorf("other names: %v, %v", err, src.Files)
	}
}
