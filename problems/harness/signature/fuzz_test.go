package signature_test

import (
	"testing"

	"github.com/docketjudge/docket/problems/harness/signature"
)

func FuzzParseType(f *testing.F) {
	for _, s := range []string{"int", "int[][]", "map<long?>[]", "task<int>[]", "fetch<map<string>>", "map<", "?", "[]", "token?", "int[][][][][][][][][][]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		kind, err := signature.ParseType(text)
		if err != nil {
			if len(err.Error()) > 1000 {
				t.Errorf("the message has %d bytes", len(err.Error()))
			}
			return
		}
		if kind.String() != text {
			t.Errorf("%q is read as %s", text, kind)
		}
	})
}
