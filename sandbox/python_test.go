//go:build !quick

package sandbox_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox"
)

// A syntax error reads as plain Python prints it, with the user's own file
// name.
func TestPythonSyntaxErrors(t *testing.T) {
	d := open(t, func(c *sandbox.Config) { c.Languages = []judge.Language{judge.Python} })
	for name, c := range map[string]struct {
		files []judge.File
		want  string
	}{
		"one file": {
			[]judge.File{{Name: "sum.py", Content: "def f(:\n    pass\n"}},
			"File \"sum.py\", line 1\n    def f(:\n          ^\nSyntaxError: invalid syntax",
		},
		"a module beside it": {
			[]judge.File{{Name: "main.py", Content: "import lib\n"}, {Name: "lib.py", Content: "x = [1,\n"}},
			"File \"lib.py\", line 1\n    x = [1,\n        ^\nSyntaxError: '[' was never closed",
		},
		"a tab": {
			[]judge.File{{Name: "main.py", Content: "if 1:\n        a = 1\n\tb = 2\n"}},
			"File \"main.py\", line 3\n    \tb = 2\n    ^\nTabError: inconsistent use of tabs and spaces in indentation",
		},
		"a null byte": {
			[]judge.File{{Name: "main.py", Content: "a = 1\x00\n"}},
			"SyntaxError: source code string cannot contain null bytes",
		},
	} {
		t.Run(name, func(t *testing.T) {
			slot, err := d.Acquire(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer slot.Release()
			b, err := slot.Build(t.Context(), judge.Source{Language: judge.Python, Files: c.files})
			if err != nil {
				t.Fatal(err)
			}
			if b.OK || !strings.HasSuffix(b.Output, c.want) {
				t.Errorf("ok %v, got\n%s\nwant\n%s", b.OK, b.Output, c.want)
			}
		})
	}
}
