package mutate

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestJavaTokens(t *testing.T) {
	for text, want := range map[string]string{
		"a<b":                                 "a < b",
		"a >>>= 1 >> 2 >= 3>>>4":              "a >>>= 1 >> 2 >= 3 >>> 4",
		"Map<K, List<int[]>> m":               "Map ‹ K , List ‹ int [ ] › › m",
		"Map<K,List<Set<V>>>m=x":              "Map ‹ K , List ‹ Set ‹ V › › › m = x",
		"static <T extends A & B> T f()":      "static ‹ T extends A & B › T f ( )",
		"if (MAX < n && n > MIN)":             "if ( MAX < n && n > MIN )",
		"f(A < b, c > d)":                     "f ( A ‹ b , c › d )", // a guess: nobody writes it, and it costs two mutants
		"List.<String>of()":                   "List . ‹ String › of ( )",
		"Class<?> c":                          "Class ‹ ? › c",
		"x/*<*/y//>\nz":                       "x y z",
		`"a\"b" 'c' '\'' '"'`:                 `"a\"b" 'c' '\'' '"'`,
		"\"\"\"\n a \"b\" \\\"\"\" c\"\"\" d": "\"\"\"\n a \"b\" \\\"\"\" c\"\"\" d",
		"1_0L 0x1p-3 .5e+1f 1.0 a.b 2.":       "1_0L 0x1p-3 .5e+1f 1.0 a . b 2.",
		"1-2 0xe-1":                           "1 - 2 0xe - 1",
		"i++<j--":                             "i ++ < j --",
		"x -> y::z ... @A":                    "x -> y :: z ... @ A",
		"größe$1=2":                           "größe$1 = 2",
	} {
		var got []string
		for _, tok := range javaTokens(text) {
			s := tok.text
			if tok.generic {
				s = strings.NewReplacer("<", "‹", ">", "›").Replace(s)
			}
			got = append(got, s)
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// Tokens are pieces of the text in its order, nothing but white space and
// comments is between them, and the changes lie where they should.
func FuzzJava(f *testing.F) {
	for _, s := range []string{
		"class A { int f(int a) { return a < 1 ? -a : a >>> 2; } }", "/* \"", "\"\"\" \\", "'\\", "List<List<A>> a = b >> c;",
		"for (;;) { if (a && !b) break; }", "x(", ")]}", "@A(1) int f() { return 1; }", "new int[1][2]", "new HashMap<>(16, 0.75f) {",
		"case 1 -> a++; default: return", "<T> void", "0x", ".5.", "\xff\xfe", "return\n-1;", "throw", "import",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, tok := range javaTokens(text) {
			if tok.start < at || tok.end <= tok.start || tok.end > len(text) || text[tok.start:tok.end] != tok.text {
				t.Fatalf("token %+v after %d", tok, at)
			}
			gap := strings.TrimSpace(text[at:tok.start])
			if gap != "" && !strings.HasPrefix(gap, "/") {
				t.Fatalf("%q is lost before %+v", gap, tok)
			}
			at = tok.end
		}
		if gap := strings.TrimSpace(text[at:]); gap != "" && !strings.HasPrefix(gap, "/") {
			t.Fatalf("%q is lost at the end", gap)
		}
		for _, e := range tidy(text, javaEdits(text)) {
			if e.start < 0 || e.end <= e.start || e.end > len(text) {
				t.Fatalf("edit %+v of %d bytes", e, len(text))
			}
			if e.apply(text) == text {
				t.Fatalf("edit %+v changes nothing", e)
			}
			if utf8.ValidString(text) && !utf8.ValidString(e.apply(text)) {
				t.Fatalf("edit %+v makes a text that is none", e)
			}
		}
	})
}

func TestWiggle(t *testing.T) {
	for literal, want := range map[string]string{
		"0": "1", "0L": "1L", "1": "0 2", "10": "9 11", "0x10": "15 17", "1_000": "999 1001", "010": "7 9", "00": "1",
		"9223372036854775807": "9223372036854775806 9223372036854775808", "0b11L": "2L 4L",
		"0.5": "1.5", "0.75f": "1.75f", "1e3": "1001.0", "2d": "3.0d", "0x1p4": "17.0", "1e400": "", "1i": "", "0xZ": "",
	} {
		if got := strings.Join(wiggle(literal), " "); got != want {
			t.Errorf("wiggle(%q) = %q, want %q", literal, got, want)
		}
	}
}
