package harness_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness"
)

// echoes are solutions that return their argument, so that every type goes
// through a reader and a writer of each language.
func echo(h *harness.Harness, lang judge.Language) string {
	s := h.Starter(lang).Content
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if at := strings.Index(l, "return "); at >= 0 && !strings.Contains(l, "self.") {
			lines[i] = l[:at] + "return value"
			if lang == judge.Java {
				lines[i] += ";"
			}
		}
	}
	return strings.Join(lines, "\n")
}

func TestEveryTypeGoesThrough(t *testing.T) {
	for _, c := range []struct{ kind, input string }{
		{"int", "[0]\n[-1]\n[2147483647]\n[-2147483648]\n"},
		{"long", "[9223372036854775807]\n[-9223372036854775808]\n"},
		{"double", "[0.5]\n[-1e300]\n[3]\n[1e-7]\n"},
		{"bool", "[true]\n[false]\n"},
		{"string", `["plain"]` + "\n" + `["\"\\\/\b\f\n\r\t\u0001 ü 𝄞 \ud834\udd1e é\u2028"]` + "\n[\"\"]\n"},
		{"int[]", "[[]]\n[[1,-2,3]]\n"},
		{"long[]", "[[]]\n[[1,-2,9007199254740993]]\n"},
		{"double[]", "[[]]\n[[1.5,-2]]\n"},
		{"bool[]", "[[]]\n[[true,false]]\n"},
		{"string[]", `[["a","b c"]]` + "\n[[]]\n"},
		{"int[][]", "[[[1],[],[2,3]]]\n[[]]\n"},
		{"int[][][]", "[[[[1]],[],[[],[2,3]]]]\n"},
		{"string[][]", `[[["a"],[],["b","c"]]]` + "\n"},
		{"int?", "[null]\n[5]\n"},
		{"string?", "[null]\n[\"x\"]\n"},
		{"int[]?", "[null]\n[[]]\n[[1]]\n"},
		{"int?[]", "[[null,1,null]]\n"},
		{"double?[]", "[[null,1.5]]\n"},
		{"map<int>", "[{}]\n" + `[{"a":1,"b\n":-2}]` + "\n"},
		{"map<string[]>", `[{"k":["v","w"],"z":[]}]` + "\n"},
		{"map<int?>", `[{"k":null,"l":4}]` + "\n"},
		{"map<int>[]", `[[{"a":1},{}]]` + "\n"},
		{"map<bool>?", "[null]\n[{\"a\":true}]\n"},
		{"list_node", "[[]]\n[[1,2,2]]\n"},
		{"list_node[]", "[[[1],[],[2,3]]]\n"},
		{"tree_node", "[[]]\n[[1]]\n[[1,2,3,null,null,4]]\n[[1,null,2,null,3]]\n[[5,4,8,11,null,13,4,7,2,null,null,null,1]]\n"},
	} {
		h := function(t, "same(value "+c.kind+") "+c.kind)
		answer := ""
		for line := range strings.Lines(c.input) {
			if err := h.Case([]byte(line)); err != nil {
				t.Errorf("%s: %s is refused: %v", c.kind, line, err)
			}
			answer += line[1:strings.LastIndex(line, "]")] + "\n"
		}
		for _, lang := range judge.Languages() {
			t.Run(c.kind+"/"+string(lang), func(t *testing.T) {
				o := run(t, h, lang, echo(h, lang), c.input, answer)
				if o.verdict() != judge.AC {
					t.Fatalf("%s: %v %s\n%s\n%+v\ngot  %swant %s\n%s", o.verdict(), o.refused, o.build.Output, echo(h, lang), o.finding, o.output, answer, o.result.Stderr)
				}
			})
		}
	}
}
