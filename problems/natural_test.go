package problems

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCompareNatural(t *testing.T) {
	want := strings.Fields("0 00 01 1 2 10 a a0 a00 a01 a1 a1b a2 a9 a10 a10b2 a10b10 b b1-x b1.x")
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, compareNatural)
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestCompareNaturalIsAnOrder(t *testing.T) {
	name := rapid.StringMatching(`[ab01.]{0,6}`)
	sign := func(n int) int { return min(1, max(-1, n)) }
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := name.Draw(t, "a"), name.Draw(t, "b"), name.Draw(t, "c")
		if sign(compareNatural(a, b)) != -sign(compareNatural(b, a)) {
			t.Fatalf("%q and %q have two orders", a, b)
		}
		if (compareNatural(a, b) == 0) != (a == b) {
			t.Fatalf("%q and %q are taken for the same", a, b)
		}
		if compareNatural(a, b) <= 0 && compareNatural(b, c) <= 0 && compareNatural(a, c) > 0 {
			t.Fatalf("%q <= %q <= %q, but not the first and last", a, b, c)
		}
	})
}

func TestExpandBraces(t *testing.T) {
	for pattern, want := range map[string]string{
		"a":                        "a",
		"{a,b}":                    "a b",
		"x{a,b}.y":                 "xa.y xb.y",
		"{a,b}{c,d}":               "ac ad bc bd",
		"{a,{b,c}d}":               "a bd cd",
		"{}":                       "",
		"{a":                       "refused",
		"a}":                       "refused",
		"{a{b}":                    "refused",
		"{a,b}{a":                  "refused",
		strings.Repeat("{a,b}", 9): "refused",
	} {
		got := expandBraces(pattern)
		text := strings.Join(got, " ")
		if got == nil {
			text = "refused"
		}
		if text != want {
			t.Errorf("%s: got %q, want %q", pattern, text, want)
		}
	}
}

func TestMatchesOrParent(t *testing.T) {
	for _, tt := range []struct {
		pattern, name string
		want          bool
	}{
		{"accepted", "accepted/a.py", true},
		{"accepted/*", "accepted/a.py", true},
		{"accepted/*", "accepted/dir/a.py", true},
		{"*", "accepted/a.py", true},
		{"*.py", "accepted/a.py", false},
		{"*/{a,b}.py", "accepted/b.py", true},
		{"accept", "accepted/a.py", false},
		{"secret/1", "secret/10", false},
		{"secret/*-easy", "secret/03-easy", true},
	} {
		if got := Matches(tt.pattern, tt.name); got != tt.want {
			t.Errorf("matchesOrParent(%q, %q) = %v", tt.pattern, tt.name, got)
		}
	}
}
