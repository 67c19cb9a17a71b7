package forge

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/problems"
)

func TestSetPins(t *testing.T) {
	a, b, c, d := strings.Repeat("a", 64), strings.Repeat("b", 64), strings.Repeat("1", 64), strings.Repeat("4", 64)
	fill := strings.NewReplacer("AA", a, "BB", b, "CC", c, "DD", d, "OLD", strings.Repeat("0", 64)).Replace
	want := map[string]pins{"secret/1": {problems.Digest(a), problems.Digest(b)}, "secret/2": {problems.Digest(c), problems.Digest(d)}}
	for _, tt := range []struct{ name, in, out string }{
		{"quoted and not", `
difficulty: medium   # kept, ünïcode too
generate:
  - name: secret/1
    generator: g.py   # makes it
    args: [--seed, "1"]
    sha256: "OLD"     # of ä
    answer_sha256: 'OLD'
  - name: secret/2
    sha256: OLD
    answer_sha256: OLD
    generator: g.py
# the end`, `
difficulty: medium   # kept, ünïcode too
generate:
  - name: secret/1
    generator: g.py   # makes it
    args: [--seed, "1"]
    sha256: "AA"     # of ä
    answer_sha256: "BB"
  - name: secret/2
    sha256: "CC"
    answer_sha256: "DD"
    generator: g.py
# the end`},
		{"missing, empty, right already", `
generate:
- generator: g.py
  name: secret/1   # first
  args:
    - --seed
    - "1"
-
  name: secret/2
  generator: g.py
  sha256: "CC"   # right
  answer_sha256:   # empty
reference: accepted/a.py
`, `
generate:
- generator: g.py
  name: secret/1   # first
  sha256: "AA"
  answer_sha256: "BB"
  args:
    - --seed
    - "1"
-
  name: secret/2
  generator: g.py
  sha256: "CC"   # right
  answer_sha256: "DD"   # empty
reference: accepted/a.py
`},
		{"flow", `
generate:
  - {name: secret/1, generator: g.py}
  - {name: secret/2, sha256: "OLD",
     generator: "ü.py", answer_sha256: OLD}
`, `
generate:
  - {name: secret/1, generator: g.py, sha256: "AA", answer_sha256: "BB"}
  - {name: secret/2, sha256: "CC",
     generator: "ü.py", answer_sha256: "DD"}
`},
		{"carriage returns", "generate:\r\n  - name: secret/1\r\n    sha256: OLD\r\n    answer_sha256: OLD\r\n  - name: secret/2\r\n    sha256: \"OLD\"\r\n    answer_sha256: OLD\r\n",
			"generate:\r\n  - name: secret/1\r\n    sha256: \"AA\"\r\n    answer_sha256: \"BB\"\r\n  - name: secret/2\r\n    sha256: \"CC\"\r\n    answer_sha256: \"DD\"\r\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := setPins([]byte(fill(tt.in)), want)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(fill(tt.out), string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			again, err := setPins(got, want)
			if err != nil || string(again) != string(got) {
				t.Errorf("not the same when done twice: %v\n%s", err, again)
			}
		})
	}
}

// An entry of which nothing is wanted stays as it is.
func TestSetPinsOfSome(t *testing.T) {
	in := "generate:\n  - name: secret/1\n    sha256: x\n  - name: secret/2\n    sha256: y\n    answer_sha256: z\n"
	got, err := setPins([]byte(in), map[string]pins{"secret/2": {"aa", "bb"}})
	if err != nil {
		t.Fatal(err)
	}
	want := "generate:\n  - name: secret/1\n    sha256: x\n  - name: secret/2\n    sha256: \"aa\"\n    answer_sha256: \"bb\"\n"
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSetPinsRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		in   string
		want error
	}{
		"a value of several lines": {"generate:\n  - name: secret/1\n    sha256: >-\n      abc\n      def\n    answer_sha256: x\n", errNotInPlace},
		"another test":             {"generate:\n  - name: secret/9\n", nil},
		"no YAML":                  {"generate: [", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := setPins([]byte(tt.in), map[string]pins{"secret/1": {"aa", "bb"}})
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}
