package checker_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/docketjudge/docket/judge/checker"
)

func check(t testing.TB, flags, output, answer string) string {
	t.Helper()
	c, err := checker.New(strings.Fields(flags))
	if err != nil {
		t.Fatal(err)
	}
	found, err := c.Check(strings.NewReader(output), strings.NewReader(answer))
	if err != nil {
		t.Fatal(err)
	}
	// Where reads end must not matter.
	again, err := c.Check(&pieces{strings.NewReader(output), 1 + len(output)/1000}, &pieces{strings.NewReader(answer), 3 + len(answer)/1000})
	if err != nil {
		t.Fatal(err)
	}
	if again != found {
		t.Fatalf("read in pieces the reason is %q, at once it is %q", again.Reason, found.Reason)
	}
	return found.Reason
}

// pieces is a stream that gives little at a time.
type pieces struct {
	r    io.Reader
	most int
}

func (p *pieces) Read(b []byte) (int, error) { return p.r.Read(b[:min(len(b), p.most)]) }

func TestCheck(t *testing.T) {
	long := strings.Repeat("x", 200_000)
	tests := []struct {
		name, flags, output, answer string
		want                        string // the reason
	}{
		{"both empty", "", "", "", ""},
		{"equal", "", "1 2\n3\n", "1 2\n3\n", ""},
		{"spaces do not matter", "", "\r\n 1\t2 \v3\f", "1 2\n3\n", ""},
		{"only spaces against nothing", "", " \n\n ", "", ""},
		{"case does not matter", "", "YES No", "yes nO", ""},
		{"only ASCII letters fold", "", "\xc4", "\xe4", `token 1 (line 1): actual "\xc4", expected "\xe4"`},
		{"@ is not `", "", "@", "`", "token 1 (line 1): actual \"@\", expected \"`\""},
		{"case matters", "case_sensitive", "yes", "Yes", `token 1 (line 1): actual "yes", expected "Yes"`},
		{"a wrong token", "", "1\n2 3\n\n41", "1 2 3 42", `token 4 (line 4): actual "41", expected "42"`},
		{"too short", "", "1\n", "1 2", `token 2 (line 2): the output ends, expected "2"`},
		{"nothing printed", "", "", "1", `token 1 (line 1): the output ends, expected "1"`},
		{"too long", "", "1 2 3", "1 2", `token 3 (line 1): actual "3", expected the end`},
		{"prefix of a token", "", "12", "123", `token 1 (line 1): actual "12", expected "123"`},
		{"more than a token", "", "123", "12", `token 1 (line 1): actual "123", expected "12"`},
		{"tokens are not joined", "", "1 2", "12", `token 1 (line 1): actual "1", expected "12"`},
		{"numbers are text", "", "1.0", "1", `token 1 (line 1): actual "1.0", expected "1"`},
		{"NUL is not a space", "", "1\x002", "1 2", `token 1 (line 1): actual "1\x002", expected "1"`},
		{"reasons are escaped", "", "\x1b[31m\xff", "1", `token 1 (line 1): actual "\x1b[31m\xff", expected "1"`},
		{"runes are escaped", "", "\u202e", "1", `token 1 (line 1): actual "\u202e", expected "1"`},
		{"a huge token", "", long, long, ""},
		{"a huge token in capitals", "", strings.ToUpper(long), long, ""},
		{"a huge token differs at its end", "", long + "y", long + "z",
			`token 1 (line 1): actual "` + long[:40] + `...", expected "` + long[:40] + `..."`},
		{"a huge token against a short one", "", long, "x",
			`token 1 (line 1): actual "` + long[:40] + `...", expected "x"`},

		{"within absolute", "float_absolute_tolerance 0.01", "3.14", "3.15", ""},
		{"beyond absolute", "float_absolute_tolerance 0.001", "3.14", "3.15", `token 1 (line 1): actual "3.14", expected "3.15"`},
		{"within relative", "float_relative_tolerance 1e-2", "101", "100", ""},
		{"beyond relative", "float_relative_tolerance 1e-3", "101", "100", `token 1 (line 1): actual "101", expected "100"`},
		{"relative of zero", "float_relative_tolerance 1", "1e-9", "0", `token 1 (line 1): actual "1e-9", expected "0"`},
		{"relative is of the answer", "float_relative_tolerance 0.1", "90", "100", ""},
		{"either tolerance", "float_absolute_tolerance 1 float_relative_tolerance 0.5", "0.9", "0", ""},
		{"the other tolerance", "float_absolute_tolerance 1 float_relative_tolerance 0.5", "140", "100", ""},
		{"another way to write it", "float_tolerance 1e-6", "3.14000000e-2", "0.0314", ""},
		{"signs and points", "float_tolerance 0", "+1. -.5 1E2", "1 -0.5 100", ""},
		{"whole numbers are numbers", "float_tolerance 0", "1.0", "1", ""},
		{"just the tolerance", "float_tolerance 1e-6", "0.100001 -0.100001 1.000001", "0.1 -0.1 1", ""},
		{"just the tolerance below", "float_absolute_tolerance 1e-6", "0.099999", "0.1", ""},
		{"a little more", "float_absolute_tolerance 1e-6", "0.1000010000000000000001", "0.1", `token 1 (line 1): actual "0.1000010000000000000001", expected "0.1"`},
		{"just the relative tolerance", "float_relative_tolerance 0.1", "0.33 0.27", "0.3 0.3", ""},
		{"the tolerance is of the answer", "float_relative_tolerance 0.1", "0.3", "0.33", ""},
		{"smaller than any double", "float_tolerance 0", "1e-4000", "0", `token 1 (line 1): actual "1e-4000", expected "0"`},
		{"smaller than any double within", "float_absolute_tolerance 1e-4000", "1e-4000", "0", ""},
		{"digits beyond a double", "float_tolerance 0", "1.00000000000000000001", "1", `token 1 (line 1): actual "1.00000000000000000001", expected "1"`},
		{"zeros of all kinds", "float_tolerance 0", "-0 0e999999999 0e-999999999999999999999 .000", "0 0 0 0", ""},
		{"larger than any double", "float_tolerance 0", "1e400", "1e399", `token 1 (line 1): actual "1e400", expected "1e399"`},
		{"larger than any double, written otherwise", "float_tolerance 0", "10e399", "1e400", ""},
		{"relative to what is larger than any double", "float_relative_tolerance 0.1", "1.1e400", "1e400", ""},
		{"an exponent without end", "float_tolerance 1", "1e99999999999999999999999999", "1", `token 1 (line 1): actual "1e99999999999999999999999999", expected "1"`},
		{"an exponent without end below", "float_tolerance 1", "1e-99999999999999999999999999", "1", ""},
		{"nothing much too far", "float_absolute_tolerance 1", "-1e-99999999999999999999999999", "1", `token 1 (line 1): actual "-1e-99999999999999999999999999", expected "1"`},
		{"not a number", "float_tolerance 1", "abc", "1", `token 1 (line 1): actual "abc", expected "1"`},
		{"nan is not near", "float_tolerance 1", "nan", "1", `token 1 (line 1): actual "nan", expected "1"`},
		{"nan is text", "float_tolerance 1", "NaN", "nan", ""},
		{"inf is not near", "float_tolerance 1", "inf", "1e308", `token 1 (line 1): actual "inf", expected "1e308"`},
		{"overflow is not near", "float_relative_tolerance 1", "1e999", "1", `token 1 (line 1): actual "1e999", expected "1"`},
		{"hexadecimal is text", "float_tolerance 1", "0x1p4", "16", `token 1 (line 1): actual "0x1p4", expected "16"`},
		{"underscores are text", "float_tolerance 1", "1_6", "16", `token 1 (line 1): actual "1_6", expected "16"`},
		{"text among numbers", "float_tolerance 0.1", "Case 1: 2.05", "case 1: 2", ""},
		{"many digits", "float_tolerance 1e-9", "0." + strings.Repeat("3", 60), "0." + strings.Repeat("3", 50), ""},
		{"too many digits", "float_tolerance 1", strings.Repeat("1", 2000), strings.Repeat("1", 1999) + "2",
			`token 1 (line 1): actual "` + strings.Repeat("1", 40) + `...", expected "` + strings.Repeat("1", 40) + `..."`},

		{"spaces agree", "space_change_sensitive", " 1\n2\n", " 1\n2\n", ""},
		{"another space", "space_change_sensitive", "1 2\n", "1\n2\n", `white space before token 2 (line 1): actual " ", expected "\n"`},
		{"more spaces", "space_change_sensitive", "1  2\n", "1 2\n", `white space before token 2 (line 1): actual " ", expected none`},
		{"leading space", "space_change_sensitive", " 1\n", "1\n", `white space before token 1 (line 1): actual " ", expected none`},
		{"no final newline", "space_change_sensitive", "1", "1\n", `white space before token 2 (line 1): actual none, expected "\n"`},
		{"one more final newline", "space_change_sensitive", "1\n\n", "1\n", `white space before token 2 (line 2): actual "\n", expected none`},
		{"spaces and floats", "space_change_sensitive float_tolerance 1", "1.5\t2\n", "1\t2\n", ""},

		{"exact", "exact", "a b\n", "a b\n", ""},
		{"exact in case", "exact", "A", "a", `byte 1 (line 1): actual "A", expected "a"`},
		{"exact in length", "exact", "a\nb", "a\nbc", `byte 4 (line 2): the output ends, expected "c"`},
		{"exact at the end", "exact", "a\n\n", "a\n", `byte 3 (line 2): actual "\n", expected the end`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := check(t, tt.flags, tt.output, tt.answer); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestFlagsAreRefused(t *testing.T) {
	for flags, want := range map[string]string{
		"foo":                                 `checker flag "foo" is unknown`,
		"case_sensitive \x1b":                 `checker flag "\x1b" is unknown`,
		"float_tolerance":                     "checker flag float_tolerance needs a number",
		"float_tolerance x":                   `checker flag float_tolerance: "x" is not a number that is zero or more`,
		"float_tolerance -1":                  `checker flag float_tolerance: "-1" is not a number that is zero or more`,
		"float_tolerance -1e-999":             `checker flag float_tolerance: "-1e-999" is not a number that is zero or more`,
		"float_tolerance 1e999":               `checker flag float_tolerance: "1e999" is not a number that is zero or more`,
		"float_tolerance 1 float_tolerance 1": "checker flag float_tolerance sets a tolerance that was set already",
		"float_absolute_tolerance 1 float_absolute_tolerance 1": "checker flag float_absolute_tolerance sets a tolerance that was set already",
		"float_absolute_tolerance 1 float_tolerance 1":          "checker flag float_tolerance sets a tolerance that was set already",
		"float_tolerance 1 float_relative_tolerance 1":          "checker flag float_relative_tolerance sets a tolerance that was set already",
		"exact case_sensitive":                                  "checker flag exact leaves no room for others",
	} {
		c, err := checker.New(strings.Fields(flags))
		if err == nil || err.Error() != want {
			t.Errorf("New(%q) = %v, %v; want error %q", flags, c, err, want)
		}
	}
}

// A stream that fails is the judge's failure, not the submission's.
func TestStreamsThatFail(t *testing.T) {
	boom := errors.New("boom")
	broken := func(s string) io.Reader { return io.MultiReader(strings.NewReader(s), iotest.ErrReader(boom)) }
	for _, flags := range [][]string{nil, {"exact"}, {"space_change_sensitive"}, {"float_tolerance", "1"}} {
		c, err := checker.New(flags)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{"", "1", "1 ", "1 2"} {
			if found, err := c.Check(broken(s), strings.NewReader("1 2 3")); !errors.Is(err, boom) || found.Reason != "" {
				t.Errorf("%v: output %q fails: got %q, %v", flags, s, found.Reason, err)
			}
			if found, err := c.Check(strings.NewReader("1 2 3"), broken(s)); !errors.Is(err, boom) || found.Reason != "" {
				t.Errorf("%v: answer %q fails: got %q, %v", flags, s, found.Reason, err)
			}
		}
	}
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

func TestStreamWithoutProgress(t *testing.T) {
	c, err := checker.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Check(stuck{}, strings.NewReader("1")); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("got %v, want %v", err, io.ErrNoProgress)
	}
}
