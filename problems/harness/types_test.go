//go:build !quick

package harness_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

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
			if err := h.Signature().Case([]byte(line)); err != nil {
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

// Texts of all planes, control characters and JSON's own, as values and as
// keys, raw and escaped, longer and shorter than buffers.
func TestHardStrings(t *testing.T) {
	h := function(t, "same(value map<string[]>) map<string[]>")
	r := rand.New(rand.NewPCG(1, 2))
	text := func(most int) string {
		var b strings.Builder
		for range r.IntN(most + 1) {
			switch r.IntN(4) {
			case 0:
				b.WriteByte(byte(r.IntN(128)))
			case 1:
				b.WriteString([]string{"\\", `"`, "/", "{", "}", "[", "]", ",", ":", " ", "\u2028", "\u0085", "\uFEFF", "\uFFFF"}[r.IntN(14)])
			case 2:
				b.WriteRune(rune(0xa0 + r.IntN(0xd700)))
			default:
				b.WriteRune(rune(0x10000 + r.IntN(0x100000)))
			}
		}
		return b.String()
	}
	var input, answer strings.Builder
	for range 150 {
		m := map[string][]string{}
		for range r.IntN(4) {
			m[text(6)] = []string{text(20), text(3)}
		}
		m["long"] = []string{text(1000)}
		plain, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		answer.Write(append(plain, '\n'))
		input.WriteString("[" + escaped(r, string(plain)) + "]\n")
	}
	for line := range strings.Lines(input.String()) {
		if err := h.Signature().Case([]byte(line)); err != nil {
			t.Fatalf("%v: %q", err, line)
		}
	}
	for _, lang := range judge.Languages() {
		t.Run(string(lang), func(t *testing.T) {
			o := run(t, h, lang, echo(h, lang), input.String(), answer.String())
			if o.verdict() != judge.AC {
				t.Errorf("%s: %.500s\nexpected %.500q\nactual   %.500q\n%s", o.verdict(), o.finding.Reason, o.finding.Expected, o.finding.Actual, o.said())
			}
		})
	}
}

// escaped writes some characters beyond ASCII, which are all in strings, as
// escapes.
func escaped(r *rand.Rand, text string) string {
	var b strings.Builder
	for _, c := range text {
		switch {
		case c < 0x80 || r.IntN(2) == 0:
			b.WriteRune(c)
		case c < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			high, low := utf16.EncodeRune(c)
			fmt.Fprintf(&b, `\u%04x\u%04X`, high, low)
		}
	}
	return b.String()
}
