package checker_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/docketjudge/docket/judge/checker"
)

func FuzzCheck(f *testing.F) {
	f.Add("", "1 2 3\n", "1 2 3\n")
	f.Add("float_tolerance 1e-6", "0.1 1e400 nan", "0.10000001 1e400 NaN")
	f.Add("space_change_sensitive", "a  b", "a b")
	f.Add("exact", "\xff\x00", "\xff\x01")
	f.Add("case_sensitive", strings.Repeat("x", 70_000), strings.Repeat("x", 70_001))
	f.Fuzz(func(t *testing.T, flags, output, answer string) {
		fields := strings.Fields(flags)
		if _, err := checker.New(fields); err != nil {
			if !printable(err.Error()) {
				t.Fatalf("unsafe error %q", err)
			}
			return
		}
		reason := check(t, flags, output, answer)
		if len(reason) > 500 || !printable(reason) {
			t.Fatalf("unsafe reason %q", reason)
		}
		if exponent.MatchString(flags + " " + output + " " + answer) {
			return
		}
		if want := naive(fields, output, answer); (reason == "") != want {
			t.Fatalf("flags %q: got %q, want accepted %v", flags, reason, want)
		}
	})
}

func printable(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}
