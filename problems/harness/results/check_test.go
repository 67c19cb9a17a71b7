package results_test

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/docketjudge/docket/problems/harness/results"
	"github.com/docketjudge/docket/problems/harness/signature"
	"github.com/docketjudge/docket/problems/harness/signature/signaturetest"
)

func TestCheckValues(t *testing.T) {
	for _, c := range []struct{ kind, answer, result, want string }{
		{"int", "5", "5", ""},
		{"int", "5", " 5 ", ""},
		{"int", "5", "5\r", ""},
		{"int", "5", "5.0", ""},
		{"int", "500", "5e2", ""},
		{"int", "0", "-0", ""},
		{"int", "5", "6", "case 1: actual 6, expected 5"},
		{"int", "5", "-5", "case 1: actual -5, expected 5"},
		{"int", "1000000", "1000000.5", "case 1: actual 1000000.5, expected 1000000"},
		{"int", "1000000", "1000001", "case 1: actual 1000001, expected 1000000"},
		{"int", "5", `"5"`, `case 1: actual "5", expected 5`},
		{"int", "1", "true", "case 1: actual true, expected 1"},
		{"int", "0", "null", "case 1: actual null, expected 0"},
		{"int", "5", "[5]", "case 1: actual [5], expected 5"},
		{"int", "5", "", "case 1: the result is not JSON"},
		{"int", "5", "05", "case 1: the result is not JSON"},
		{"int", "5", "+5", "case 1: the result is not JSON"},
		{"int", "5", "5 5", "case 1: the result is not JSON"},
		{"int", "5", "5,", "case 1: the result is not JSON"},
		{"int", "5", "5]", "case 1: the result is not JSON"},
		{"int", "5", "NaN", "case 1: the result is not JSON"},
		{"int", "5", "\xff", "case 1: the result is not JSON"},
		{"int", "5", "\x00", "case 1: the result is not JSON"},
		{"int", "5", "1e999", "case 1: actual 1e999, expected 5"},
		{"int", "5", strings.Repeat("[", 20000), "case 1: the result is not JSON"},
		{"long", "9007199254740993", "9007199254740993", ""},
		{"long", "9007199254740993", "9007199254740992", "case 1: actual 9007199254740992, expected 9007199254740993"},
		{"long", "9007199254740992", "9007199254740992.0", "case 1: actual 9007199254740992.0, expected 9007199254740992"},
		{"long", "9223372036854775807", "9223372036854775808", "case 1: actual 9223372036854775808"},
		{"long", "9007199254740991", "9007199254740991.0", ""},
		{"double", "0.5", "0.5", ""},
		{"double", "0.5", "5e-1", ""},
		{"double", "0.5", "0.5000009", ""},
		{"double", "0.5", "0.500002", "case 1: actual 0.500002, expected 0.5"},
		{"double", "0.0", "0.0000009", ""},
		{"double", "0.0", "-0.0000009", ""},
		{"double", "0.0", "0.000002", "case 1: actual 0.000002, expected 0.0"},
		{"double", "1e9", "1000000999", ""},
		{"double", "1e9", "1000001001", "case 1: actual 1000001001, expected 1e9"},
		{"double", "-1e9", "-1000000999", ""},
		{"double", "-1e9", "1000000000", "case 1: actual 1000000000, expected -1e9"},
		{"double", "3", "2.9999999999", ""},
		{"double", "3", "3", ""},
		{"double", "3", "3.0", ""},
		{"double", "3", "3.1", "case 1: actual 3.1, expected 3"},
		{"double", "3.0", "3", ""},
		{"double", "3.0", "NaN", "case 1: the result is not JSON"},
		{"double", "3.0", `"NaN"`, `case 1: actual "NaN", expected 3.0`},
		{"double", "3.0", "Infinity", "case 1: the result is not JSON"},
		{"double", "1e300", "1e308", "case 1: actual 1e308, expected 1e300"},
		{"double?", "null", "null", ""},
		{"double?", "null", "0", "case 1: actual 0, expected null"},
		{"double?[]", "[1,null]", "[1.0000001,null]", ""},
		{"map<double[]>", `{"a":[1]}`, `{"a":[1.0000001]}`, ""},
		{"int[]", "[1,2]", "[ 1 , 2 ]", ""},
		{"int[]", "[1,2]", "[1,2,3]", "case 1: 3 elements, expected 2"},
		{"int[]", "[1,2]", "[1]", "case 1: 1 elements, expected 2"},
		{"int[]", "[1,2]", "[2,1]", "case 1: element 0: actual 2, expected 1"},
		{"int[]", "[]", "null", "case 1: actual null, expected []"},
		{"int[]", "[1,2]", "[1,2.0000001]", "case 1: element 1: actual 2.0000001, expected 2"},
		{"int[]", "[1,2]", `{"0":1,"1":2}`, "case 1: actual {"},
		{"int[][]", "[[1],[2]]", "[[1],[3]]", "case 1: element 1: element 0: actual 3, expected 2"},
		{"map<int>", `{"a":1,"b":2}`, `{"b":2,"a":1}`, ""},
		{"map<int>", `{"a":1,"b":2}`, `{"a":1,"b":3}`, `case 1: key "b": actual 3, expected 2`},
		{"map<int>", `{"a":1,"b":2}`, `{"a":1}`, "case 1: 1 keys, expected 2"},
		{"map<int>", `{"a":1,"b":2}`, `{"a":1,"c":2}`, `case 1: key "b" is missing`},
		{"map<int>", `{"a":1}`, `{"a":1,"a":1}`, "case 1: the result is not JSON"},
		{"map<int>", `{"a":1}`, `{"A":1}`, `case 1: key "a" is missing`},
		{"map<int>", `{"a":1}`, `[1]`, "case 1: actual [1], expected {"},
		{"string", `"ü𝄞"`, `"\u00fc\ud834\udd1e"`, ""},
		{"string", `"a/b"`, `"a\/b"`, ""},
		{"string", `"a"`, `"A"`, `case 1: actual "A", expected "a"`},
		{"string", `"a"`, `"a "`, `case 1: actual "a ", expected "a"`},
		{"string", `"é"`, `"e\u0301"`, "case 1: actual"},
		{"string", `"a"`, `'a'`, "case 1: the result is not JSON"},
		{"string", `"1"`, `1`, `case 1: actual 1, expected "1"`},
		{"bool", "true", "true", ""},
		{"bool", "true", "True", "case 1: the result is not JSON"},
		{"bool", "true", "1", "case 1: actual 1, expected true"},
		{"bool", "false", "null", "case 1: actual null, expected false"},
	} {
		sig := signaturetest.Function(t, "f(a int) "+c.kind)
		f, err := results.New(sig, 0).Check(strings.NewReader(c.result+"\n"), strings.NewReader(c.answer+"\n"))
		if err != nil {
			t.Errorf("%s: %s for %s: %v", c.kind, c.result, c.answer, err)
			continue
		}
		if c.want == "" && (f.Reason != "" || f.Passed != 1 || f.Total != 1) || !strings.HasPrefix(f.Reason, c.want) || c.want != "" && f.Passed != 0 {
			t.Errorf("%s: %.60s for %s: %+v, want %q", c.kind, c.result, c.answer, f, c.want)
		}
	}
}

func TestTolerance(t *testing.T) {
	sig := signaturetest.Function(t, "f(a int) double")
	for _, c := range []struct {
		tolerance float64
		result    string
		ok        bool
	}{{0.1, "10.9", true}, {0.1, "11.1", false}, {1e-9, "10.000000005", true}, {1e-9, "10.0000001", false}, {0, "10.000009", true}, {0, "10.00002", false}} {
		f, err := results.New(sig, c.tolerance).Check(strings.NewReader(c.result), strings.NewReader("10.0"))
		if err != nil || (f.Reason == "") != c.ok {
			t.Errorf("%g: %s: %+v, %v", c.tolerance, c.result, f, err)
		}
	}
	// What is off by just the tolerance is right, whatever doubles make of it.
	for _, c := range []struct {
		answer, result string
		ok             bool
	}{
		{"0.1", "0.100001", true}, {"0.1", "0.099999", true}, {"1.0", "1.000001", true}, {"10.0", "10.00001", true},
		{"0.1", "0.10000100000000000001", false}, {"0.1", "1.00001e-1", true}, {"0.0", "1e-400", true},
	} {
		f, err := results.New(sig, 0).Check(strings.NewReader(c.result), strings.NewReader(c.answer))
		if err != nil || (f.Reason == "") != c.ok {
			t.Errorf("%s for %s: %+v, %v", c.result, c.answer, f, err)
		}
	}
}

// Without the test nobody knows which call of a class a result is of.
func TestCheckClasses(t *testing.T) {
	counts := signaturetest.Class(t, "Counter()", "count() int")
	means := signaturetest.Class(t, "Means()", "count() int", "mean() double")
	for _, c := range []struct {
		sig                  *signature.Signature
		answer, result, want string
	}{
		{counts, "[null,1,2]", "[null,1,2]", ""},
		{counts, "[null,1,2]", "[null, 1, 2]", ""},
		{counts, "[null,1,2]", "[null,1,3]", "case 1: call 3: actual 3, expected 2"},
		{counts, "[null,1,2]", "[null,1]", "case 1: there are 2 results for 3 calls"},
		{counts, "[null,1,2]", "[null,1,2,3]", "case 1: there are 4 results for 3 calls"},
		{counts, "[null,1,2]", "[0,1,2]", "case 1: call 1: actual 0, expected null"},
		{counts, "[null,1,2]", "{}", "case 1: the result is not a list of results"},
		{counts, "[null,1,2]", "null", "case 1: the result is not a list of results"},
		{counts, "[null,1000000]", "[null,1000000.5]", "case 1: call 2: actual 1000000.5"},
		{means, "[null,2,2.5]", "[null,2,2.5000001]", ""},
		{means, "[null,2,3]", "[null,2,2.9999999]", ""},
		{means, "[null,2,3]", "[null,2,2.9]", "case 1: call 3: actual 2.9, expected 3"},
		{means, "[null,1000000,3]", "[null,1000001,3]", "case 1: call 2: actual 1000001"},
	} {
		f, err := results.New(c.sig, 0).Check(strings.NewReader(c.result), strings.NewReader(c.answer))
		if err != nil || c.want == "" && f.Reason != "" || !strings.HasPrefix(f.Reason, c.want) {
			t.Errorf("%s for %s: %+v, %v, want %q", c.result, c.answer, f, err, c.want)
		}
	}
}

// Every result is compared by the type of its call: what is whole has no
// tolerance beside doubles either, and doubles have it however they are written.
func TestCheckByCall(t *testing.T) {
	sig := signaturetest.Class(t, "Means()", "count() int", "total() long", "mean() double", "chain() list_node", "tree() tree_node", "parts() double?[]", "name() string")
	for _, c := range []struct{ call, answer, result, want string }{
		{"count", "3", "3", ""},
		{"count", "3", "3.0", ""},
		{"count", "3", "3.0000001", "case 1: call 2: actual 3.0000001, expected 3"},
		{"count", "1000000", "1000000.5", "case 1: call 2: actual 1000000.5, expected 1000000"},
		{"total", "3", "2.9999999", "case 1: call 2: actual 2.9999999, expected 3"},
		{"total", "9007199254740993", "9007199254740992.0", "case 1: call 2: actual 9007199254740992.0, expected 9007199254740993"},
		{"mean", "3", "3.0000001", ""},
		{"mean", "3", "3.1", "case 1: call 2: actual 3.1, expected 3"},
		{"mean", "2.5", "2.5000001", ""},
		{"mean", "1000000", "1000001", ""}, // within the tolerance, though both are written as whole numbers
		{"chain", "[3]", "[3.0000001]", "case 1: call 2: element 0: actual 3.0000001, expected 3"},
		{"tree", "[3,null,4]", "[3,null,4.0000001]", "case 1: call 2: element 2: actual 4.0000001, expected 4"},
		{"tree", "[3,null,4]", "[3,0,4]", "case 1: call 2: element 1: actual 0, expected null"},
		{"parts", "[3,null]", "[3.0000001,null]", ""},
		{"parts", "[3,null]", "[3.1,null]", "case 1: call 2: element 0: actual 3.1, expected 3"},
		{"name", `"3"`, `"3.0000001"`, `case 1: call 2: actual "3.0000001", expected "3"`},
	} {
		// A case before it that is right, so that tests and results go together.
		test := `[["Means"],["mean"]]` + "\n" + `[["Means"],["` + c.call + `"]]` + "\n"
		f, err := results.New(sig, 0).CheckCases(strings.NewReader(test), strings.NewReader("[null,1.0]\n[null,"+c.result+"]\n"), strings.NewReader("[null,1]\n[null,"+c.answer+"]\n"))
		want := strings.Replace(c.want, "case 1", "case 2", 1)
		if err != nil || f.Reason != want || f.Total != 2 {
			t.Errorf("%s: %s for %s: %+v, %v, want %q", c.call, c.result, c.answer, f, err, want)
		}
	}
}

// A test that is not that of the answers is the judge's failure.
func TestCheckByCallFailures(t *testing.T) {
	sig := signaturetest.Class(t, "Means()", "count() int", "mean() double")
	for test, want := range map[string]string{
		"":                    "reading the test",
		"{}":                  "case 1 of the test",
		`[["Means"],["sum"]]`: "case 1 of the test",
	} {
		_, err := results.New(sig, 0).CheckCases(strings.NewReader(test), strings.NewReader("[null,2]\n"), strings.NewReader("[null,3]\n"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", test, err, want)
		}
	}
}

func TestCheckLines(t *testing.T) {
	sig := signaturetest.Function(t, "f(a int) int")
	for _, c := range []struct {
		name, answer, output string
		passed, total        int
		want                 string
	}{
		{"all", "1\n2\n3\n", "1\n2\n3\n", 3, 3, ""},
		{"no end", "1\n2\n3\n", "1\n2\n3", 3, 3, ""},
		{"answers without end", "1\n2\n3", "1\n2\n3\n", 3, 3, ""},
		{"carriage returns", "1\n2\n3\n", "1\r\n2\r\n3\r\n", 3, 3, ""},
		{"one wrong", "1\n2\n3\n", "1\n5\n3\n", 1, 3, "case 2: actual 5, expected 2"},
		{"missing", "1\n2\n3\n", "1\n", 1, 3, "case 2: there is no result"},
		{"nothing", "1\n2\n3\n", "", 0, 3, "case 1: there is no result"},
		{"blank line", "1\n2\n", "1\n\n2\n", 1, 2, "case 2: the result is not JSON"},
		{"blank line first", "1\n", "\n1\n", 0, 1, "case 1: the result is not JSON"},
		{"blank line last", "1\n", "1\n\n", 1, 1, "there are more results than cases"},
		{"extra", "1\n2\n", "1\n2\n3\n", 2, 2, "there are more results than cases"},
		{"extra without end", "1\n2\n", "1\n2\n3", 2, 2, "there are more results than cases"},
		{"one line", "1\n2\n", "1 2\n", 0, 2, "case 1: the result is not JSON"},
		{"carriage returns alone", "1\n2\n", "1\r2\r", 0, 2, "case 1: the result is not JSON"},
		{"long line", "1\n2\n", strings.Repeat("1", 1<<20) + "\n2\n", 0, 2, "case 1: the result is far longer than the answer"},
		{"long blanks", "1\n2\n", strings.Repeat(" ", 1<<20) + "1\n2\n", 0, 2, "case 1: the result is far longer than the answer"},
		{"long extra", "1\n", "1\n" + strings.Repeat("1", 1<<20), 1, 1, "there are more results than cases"},
	} {
		// Read a byte at a time, what is read together makes no difference.
		for _, out := range []io.Reader{strings.NewReader(c.output), iotest.OneByteReader(strings.NewReader(c.output))} {
			f, err := results.New(sig, 0).Check(out, strings.NewReader(c.answer))
			if err != nil || f.Passed != c.passed || f.Total != c.total || f.Reason != c.want {
				t.Errorf("%s: %+v, %v; want %d of %d, %q", c.name, f, err, c.passed, c.total, c.want)
			}
		}
	}
}

func TestFindingsShowTheCase(t *testing.T) {
	sig := signaturetest.Function(t, "f(a int) int[]")
	f, err := results.New(sig, 0).Check(strings.NewReader("[1]\n[2]\n"), strings.NewReader("[1]\n[3]\n"))
	if err != nil || f.Expected != "[3]" || f.Actual != "[2]" {
		t.Errorf("%+v, %v", f, err)
	}
	long := "[" + strings.Repeat("1,", 100_000) + "1]"
	f, err = results.New(sig, 0).Check(strings.NewReader(strings.Replace(long, "1", "2", 1)), strings.NewReader(long))
	if err != nil || len(f.Expected) > 5000 || len(f.Actual) > 5000 || !strings.HasSuffix(f.Actual, "...") || !strings.HasPrefix(f.Actual, "[2,1,") {
		t.Errorf("%d and %d bytes are shown, %v", len(f.Expected), len(f.Actual), err)
	}
	f, err = results.New(sig, 0).Check(strings.NewReader("\"\xff"), strings.NewReader("[3]\n"))
	if err != nil || f.Actual != "\"\uFFFD" {
		t.Errorf("%+v, %v", f, err)
	}
}

// An endless line costs no memory to speak of.
func TestEndlessLine(t *testing.T) {
	sig := signaturetest.Function(t, "f(a int) int")
	before := allocated()
	f, err := results.New(sig, 0).Check(io.LimitReader(ones{}, 1<<30), strings.NewReader("1\n"))
	if err != nil || !strings.Contains(f.Reason, "far longer") {
		t.Errorf("%+v, %v", f, err)
	}
	if got := allocated() - before; got > 2<<20 {
		t.Errorf("%d bytes were allocated for it", got)
	}
}

// A wrong line is not held either, be it as long as the answer lets it: what is
// allocated is the answer itself, which is read, and little beside.
func TestWrongLinesAreNotHeld(t *testing.T) {
	const size = 200 << 20
	numbers := "[" + strings.Repeat("1234567,", 1<<20) + "1]"
	for name, c := range map[string]struct {
		kind, answer string
		output       io.Reader
		most         uint64
	}{
		"a small answer":      {"int[]", "[1,2]", io.MultiReader(strings.NewReader("[1,"), io.LimitReader(ones{}, size)), 2 << 20},
		"many elements":       {"int[]", "[1,2]", &repeated{text: "[[],"}, 2 << 20},
		"deep":                {"int[]", "[1,2]", &repeated{text: "["}, 2 << 20},
		"a long answer":       {"int[]", numbers, strings.NewReader(strings.Replace(numbers, "7,1]", "7,2]", 1)), 8 * uint64(len(numbers))},
		"blanks":              {"int[]", numbers, strings.NewReader(strings.ReplaceAll(numbers, ",", ",  ")), 8 * uint64(len(numbers))},
		"strings for numbers": {"int[]", numbers, strings.NewReader(strings.ReplaceAll(numbers, "1234567", `"1234567"`)), 8 * uint64(len(numbers))},
		"a long string":       {"string", `"` + numbers + `"`, strings.NewReader(`"` + strings.ReplaceAll(numbers, ",", `\u002c`) + `"`), 8 * uint64(len(numbers))},
	} {
		sig := signaturetest.Function(t, "f(a int) "+c.kind)
		answer := strings.NewReader(c.answer + "\n")
		before := allocated()
		f, err := results.New(sig, 0).Check(c.output, answer)
		got := allocated() - before
		if err != nil || len(f.Reason) > 1000 || f.Total != 1 {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
		if right := name == "blanks" || name == "a long string"; (f.Reason == "") != right {
			t.Errorf("%s: %q", name, f.Reason)
		}
		if got > c.most {
			t.Errorf("%s: %d bytes were allocated, for an answer of %d", name, got, len(c.answer))
		}
	}
}

// repeated is a text again and again, 200 MiB in all.
type repeated struct {
	text string
	n    int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.n > 200<<20 {
		return 0, io.EOF
	}
	for i := range p {
		p[i] = r.text[(r.n+i)%len(r.text)]
	}
	r.n += len(p)
	return len(p), nil
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

type ones struct{}

func (ones) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '1'
	}
	return len(p), nil
}

// Answers that are of no use, and readers that fail, are the judge's errors.
func TestCheckFailures(t *testing.T) {
	broken := errors.New("broken")
	sig := signaturetest.Function(t, "f(a int) int")
	if _, err := results.New(sig, 0).Check(strings.NewReader("1\n"), iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("reading the answer: %v", err)
	}
	if _, err := results.New(sig, 0).Check(iotest.ErrReader(broken), strings.NewReader("1\n")); !errors.Is(err, broken) {
		t.Errorf("reading the results: %v", err)
	}
	if _, err := results.New(sig, 0).Check(io.MultiReader(strings.NewReader("1\n"), iotest.ErrReader(broken)), strings.NewReader("1\n")); !errors.Is(err, broken) {
		t.Errorf("reading past the results: %v", err)
	}
	if _, err := results.New(sig, 0).Check(strings.NewReader("1\n2\n"), strings.NewReader("1\n{\n")); err == nil || !strings.Contains(err.Error(), "the answer of case 2") {
		t.Errorf("an answer that is not JSON: %v", err)
	}
	k := signaturetest.Class(t, "C()", "m() int")
	if _, err := results.New(k, 0).Check(strings.NewReader("[]\n"), strings.NewReader("5\n")); err == nil {
		t.Error("an answer that is no list of results is accepted")
	}
}
