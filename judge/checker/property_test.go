package checker_test

import (
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const spaces = " \t\n\v\f\r"

var number = regexp.MustCompile(`^[+-]?([0-9]*\.[0-9]+|[0-9]+\.|[0-9]+)([eE][+-]?[0-9]+)?$`)

// naive is the specification in a few lines that load everything.
func naive(flags []string, output, answer string) bool {
	has := func(name string) (next string, ok bool) {
		if i := slices.Index(flags, name); i >= 0 {
			return append(flags, "")[i+1], true
		}
		return "", false
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
	abs, _ := has("float_absolute_tolerance")
	rel, _ := has("float_relative_tolerance")
	if isBoth {
		abs, rel = both, both
	}
	_, cased := has("case_sensitive")
	for i := range got {
		g, w := got[i], want[i]
		if abs+rel != "" && isNumber(w) {
			if !isNumber(g) {
				return false
			}
			if !within(g, w, abs, rel) {
				return false
			}
			continue
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

// exponents of more digits are none that big.Rat could hold.
var exponent = regexp.MustCompile(`[eE][+-]?0*[0-9]{6}`)

// within decides by fractions. A tolerance that is not set is empty.
func within(got, want, abs, rel string) bool {
	fraction := func(s string) *big.Rat {
		r, ok := new(big.Rat).SetString(s)
		if !ok {
			panic("not a number: " + s)
		}
		return r
	}
	g, w := fraction(got), fraction(want)
	d := new(big.Rat).Sub(g, w)
	d.Abs(d)
	return d.Sign() == 0 || abs != "" && d.Cmp(fraction(abs)) <= 0 ||
		rel != "" && d.Cmp(new(big.Rat).Mul(fraction(rel), w.Abs(w))) <= 0
}

// numeral writes the number n times 10 to the power of e in one of many ways.
func numeral(t *rapid.T, n *big.Int, e int) string {
	digits, sign := new(big.Int).Abs(n).String(), ""
	if n.Sign() < 0 {
		sign = "-"
	} else if rapid.Bool().Draw(t, "plus") {
		sign = "+"
	}
	zeros := rapid.IntRange(0, 3)
	more := zeros.Draw(t, "trailing")
	digits, e = digits+strings.Repeat("0", more), e-more
	digits = strings.Repeat("0", zeros.Draw(t, "leading")) + digits
	if point := rapid.IntRange(0, len(digits)).Draw(t, "point"); rapid.Bool().Draw(t, "pointed") {
		e += len(digits) - point
		digits = digits[:point] + "." + digits[point:]
	}
	if e != 0 || rapid.Bool().Draw(t, "exponent") {
		digits += rapid.SampledFrom([]string{"e", "E", "e0"}).Draw(t, "e")[:1] + strconv.Itoa(e)
	}
	return sign + digits
}

// Numbers that are off by just the tolerance, or a little more or less.
func TestTolerancesAreDecimal(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		whole := rapid.OneOf(rapid.Int64Range(-30, 30), rapid.Int64())
		power := rapid.OneOf(rapid.IntRange(-8, 8), rapid.IntRange(-400, 400))
		want, e := big.NewInt(whole.Draw(rt, "answer")), power.Draw(rt, "exponent of the answer")
		eps, f := new(big.Int).Abs(big.NewInt(whole.Draw(rt, "tolerance"))), power.Draw(rt, "exponent of the tolerance")
		f = min(f, 200) // tolerances are doubles
		flag := rapid.SampledFrom([]string{"float_tolerance", "float_absolute_tolerance", "float_relative_tolerance"}).Draw(rt, "flag")

		// got*10^low is the answer, and the tolerance and a little away from it.
		off, g := new(big.Int).Set(eps), f
		if rapid.Bool().Draw(rt, "relative") {
			off, g = off.Mul(off, want), f+e
		}
		low := min(e, g) - rapid.IntRange(0, 30).Draw(rt, "places")
		scaled := func(n *big.Int, e int) *big.Int {
			return new(big.Int).Mul(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(e-low)), nil))
		}
		got := scaled(want, e)
		got.Add(got, new(big.Int).Mul(scaled(off, g), big.NewInt(int64(rapid.IntRange(-1, 1).Draw(rt, "side")))))
		got.Add(got, big.NewInt(int64(rapid.IntRange(-1, 1).Draw(rt, "more"))))

		output, answer, tolerance := numeral(rt, got, low), numeral(rt, want, e), strings.TrimPrefix(numeral(rt, eps, f), "-")
		flags := flag + " " + tolerance
		right := naive(strings.Fields(flags), output, answer)
		if reason := check(t, flags, output, answer); (reason == "") != right {
			rt.Fatalf("%s: %s for %s: %q, want accepted %v", flags, output, answer, reason, right)
		}
	})
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
