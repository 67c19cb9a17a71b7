package results

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/docketjudge/docket/problems/harness/jsonline"
	"github.com/docketjudge/docket/problems/harness/signature"
)

// Comparing as a stream comes to what comparing values in memory comes to.
func FuzzComparison(f *testing.F) {
	for _, s := range [][2]string{
		{"[1,2]", "[1,3]"},
		{"[1,2]", "[1,2,3]"},
		{"[1,2.5]", "[ 1.0 ,\t25e-1]"},
		{`{"a":1,"b":[null,true]}`, `{"b":[null,true],"a":1}`},
		{`{"a":1,"b":{}}`, `{"a":2,"c":{}}`},
		{`{"a":1}`, `{"a":1,"a":1}`},
		{`{"a":1,"b":2}`, `{"c":1,"c":1}`},
		{`"\u00e9\ud834\udd1e"`, `"é𝄞"`},
		{`["a",false,-0,1e3]`, `["b",true,0,1000]`},
		{"[[],[[]],{}]", "[[],[[1]],{}]"},
		{"[1,[2,[3,", "]"},
	} {
		f.Add(s[0], s[1], byte(0))
		f.Add(s[1], s[0], byte(3))
	}
	types := []string{"int", "double", "int[]", "double[]", "string", "map<int>", "map<double[]>", "double?[][]", "list_node", "tree_node"}
	f.Fuzz(func(t *testing.T, answer, result string, kind byte) {
		sig, err := signature.ParseFunction("f(a int) " + types[int(kind)%len(types)])
		if err != nil {
			t.Fatal(err)
		}
		// Of the two, only the stream knows what is no character, and it ends
		// at the line.
		odd := func(s string) bool {
			return !utf8.ValidString(s) || strings.ContainsAny(s, "\n\uFFFD") || jsonline.HalfPair([]byte(s)) || strings.Contains(strings.ToLower(s), `\ufffd`)
		}
		want, err := jsonline.Parse([]byte(answer))
		if err != nil || odd(answer) || odd(result) || len(answer)+len(result) > maxNumber {
			return
		}
		c := New(sig, 0)
		const notJSON = "the result is not JSON"
		before := ""
		if got, err := jsonline.Parse([]byte(result)); err != nil {
			before = notJSON
		} else if result != answer {
			before = c.compare(got, want, sig.Calls[0].Result)
		}
		found, err := c.Check(strings.NewReader(result+"\n"), strings.NewReader(answer+"\n"))
		if err != nil {
			t.Fatalf("%q for %q: %v", result, answer, err)
		}
		now := strings.TrimPrefix(found.Reason, "case 1: ")
		// That a key stands twice which the answer does not have at all is not
		// noticed: no such keys are held.
		if before == notJSON && json.Valid([]byte(result)) && now != "" {
			return
		}
		// Values are shown as they are written now, no longer as they would be.
		shown := func(s string) string { s, _, _ = strings.Cut(s, "actual "); return s }
		counted := func(s string) bool {
			return strings.Contains(s, "elements, expected") || strings.Contains(s, "keys, expected")
		}
		if shown(before) != shown(now) || counted(before) && before != now {
			t.Fatalf("%q for %q as %s: %q, was %q", result, answer, sig.Calls[0].Result, now, before)
		}
	})
}
