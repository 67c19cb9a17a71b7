package results

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/problems/harness/signature"
)

// No more of a number is held than may be compared, so that a longer one is
// none that anybody knows, whatever it begins with.
func TestNumbersAreBounded(t *testing.T) {
	sig, err := signature.ParseFunction("f(n int) double")
	if err != nil {
		t.Fatal(err)
	}
	digits := func(n int) string { return "1." + strings.Repeat("0", n-len("1.")) }
	for got, right := range map[string]bool{
		digits(maxNumber): true, digits(maxNumber + 1): false, digits(maxNumber) + "e9": false, digits(maxNumber+100) + "e9": false,
	} {
		f, err := New(sig, 0).Check(strings.NewReader(got+"\n"), strings.NewReader("1\n"))
		if err != nil || (f.Reason == "") != right {
			t.Errorf("a number of %d characters that ends %s: %.100q, %v", len(got), got[len(got)-2:], f.Reason, err)
		}
	}
}
