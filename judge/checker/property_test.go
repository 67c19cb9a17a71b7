package checker_test

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const spaces = " \t\n\v\f\r"

var number = regexp.MustCompile(`^[+-]?([0-9]*\.[0-9]+|[0-9]+\.|[0-9]+)([eE][+-]?[0-9]+)?$`)

// naive is the specification in a few lines that load everything.
func naive(flags []string, output, answer string) bool {
	has := func(name string) (float64, bool) {
		for i, f := range flags {
			if f == name {
				if i+1 < len(flags) {
					v, _ := strconv.ParseFloat(flags[i+1], 64)
					return v, true
				}
				return 0, true
			}
		}
		return 0, false
	}
	if _, ok := has("exact"); ok {
		return output == answer
	}
	if _, ok := has("space_change_sensitive"); ok {
		word := regexp.MustCompile(`[^ \t\n\v\f\r]+`)
		if word.ReplaceAllString(output, "x") != word.ReplaceAllString(answer, "x") {
			return false
		}
	}
	split := func(s string) []string {
		return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(spaces, r) })
	}
	// Bytes above 127 are no spaces and have no case.
	raw := func(s string) string {
		var b strings.Builder
		for i := range len(s) {
			b.WriteRune(rune(s[i]))
		}
		return b.String()
	}
	// Longer tokens are text, however many digits they have.
	isNumber := func(s string) bool { return len(s) <= 1024 && number.MatchString(s) }
	fold := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= 'A' && r <= 'Z' {
				return r + 32
			}
			return r
		}, s)
	}
	got, want := split(raw(output)), split(raw(answer))
	if len(got) != len(want) {
		return false
	}
	both, isBoth := has("float_tolerance")
	abs, isAbs := has("float_absolute_tolerance")
	rel, isRel := has("float_relative_tolerance")
	if isBoth {
		abs, rel, isAbs, isRel = both, both, true, true
	}
	_, cased := has("case_sensitive")
	for i := range got {
		g, w := got[i], want[i]
		if (isAbs || isRel) && isNumber(w) {
			if !isNumber(g) {
				return false
			}
			x, _ := strconv.ParseFloat(g, 64)
			y, _ := strconv.ParseFloat(w, 64)
			d := math.Abs(x - y)
			if x == y || isAbs && d <= abs && !math.IsInf(d, 0) || isRel && d <= rel*math.Abs(y) && !math.IsInf(d, 0) {
				continue
			}
			return false
		}
		if !cased {
			g, w = fold(g), fold(w)
		}
		if g != w {
			return false
		}
	}
	return true
}

var (
	flagSets = rapid.SampledFrom([]string{"", "case_sensitive", "space_change_sensitive", "exact",
		"float_tolerance 1e-3", "float_absolute_tolerance 0.5", "float_relative_tolerance 0.25",
		"float_absolute_tolerance 0.1 float_relative_tolerance 0.1 case_sensitive", "space_change_sensitive float_tolerance 1"})
	short = rapid.SampledFrom([]string{"1", "01", "1.0", "1.05", "-1", "1e0", "1e400", "a", "A", "ab", "aB", "nan", ".", "+", "\xff", "é"})
	// A few tokens are long enough to end near the end of a window.
	token = rapid.Custom(func(t *rapid.T) string {
		switch rapid.IntRange(0, 24).Draw(t, "kind") {
		case 24:
			return "LONG"
		case 20, 21, 22, 23:
			return rapid.StringMatching(`[ab]{1,3}`).Draw(t, "word")
		}
		return short.Draw(t, "short")
	})
	gap  = rapid.StringOfN(rapid.SampledFrom([]rune(spaces)), 1, 3, -1)
	text = rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		if rapid.Bool().Draw(t, "leading") {
			b.WriteString(gap.Draw(t, "gap"))
		}
		for range rapid.IntRange(0, 5).Draw(t, "tokens") {
			b.WriteString(token.Draw(t, "token"))
			b.WriteString(gap.Draw(t, "gap"))
		}
		if rapid.Bool().Draw(t, "cut") {
			return strings.TrimRight(b.String(), spaces)
		}
		return b.String()
	})
)

// lengthen puts a long token in the place of its name, which is easier to
// read in a report.
func lengthen(t *rapid.T, s string) string {
	return strings.ReplaceAll(s, "LONG", strings.Repeat("7", rapid.IntRange(65_530, 65_540).Draw(t, "length")))
}

// mutate changes a text a little, so that near misses are common.
func mutate(t *rapid.T, s string) string {
	if len(s) == 0 {
		return s
	}
	i := rapid.IntRange(0, len(s)-1).Draw(t, "at")
	switch rapid.IntRange(0, 3).Draw(t, "how") {
	case 0:
		return s[:i] + s[i+1:]
	case 1:
		return s[:i] + rapid.SampledFrom([]string{" ", "\n", "0", "a", "A", "."}).Draw(t, "new") + s[i:]
	case 2:
		return strings.ToUpper(s)
	}
	return s
}

func TestAgreesWithNaive(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		flags := flagSets.Draw(rt, "flags")
		answer := text.Draw(rt, "answer")
		output := answer
		if rapid.Bool().Draw(rt, "unrelated") {
			output = text.Draw(rt, "output")
		}
		output, answer = lengthen(rt, output), lengthen(rt, answer)
		output = mutate(rt, output)
		want := naive(strings.Fields(flags), output, answer)
		if got := check(t, flags, output, answer); (got == "") != want {
			rt.Fatalf("flags %q: got %q, want accepted %v", flags, got, want)
		}
	})
}

func TestEverythingEqualsItself(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.OneOf(text, rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(rt, "s")
		s = lengthen(rt, s)
		if got := check(t, flagSets.Draw(rt, "flags"), s, s); got != "" {
			rt.Fatalf("rejected: %s", got)
		}
	})
}

func TestSpacesDoNotMatter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tokens := rapid.SliceOfN(token, 0, 6).Draw(rt, "tokens")
		join := func(name string) string {
			s := rapid.SampledFrom([]string{"", "\n", "  "}).Draw(rt, name)
			for _, tok := range tokens {
				s += tok + gap.Draw(rt, name)
			}
			return s
		}
		if got := check(t, "", join("output"), join("answer")); got != "" {
			rt.Fatalf("rejected: %s", got)
		}
	})
}
