package passes_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/passes"
	"github.com/docketjudge/docket/problems/harness/signature"
	"github.com/docketjudge/docket/problems/harness/signature/signaturetest"
)

// keeper is a class whose tokens cross from one instance to another.
func keeper(t testing.TB) *passes.Relay {
	return passes.New(keeperSignature(t))
}

func keeperSignature(t testing.TB) *signature.Signature {
	return signaturetest.Class(t, "Keeper()", "put(values int[]) token", "get(key token) int[]", "size() int")
}

const keeperInput = `[["Keeper"],["put",[1,2]],["size"],["put",[]],["Keeper"],["get",3],["put",[7]],["get",6],["get",1],["Keeper"],["get",6],["get",1]]
[["Keeper"],["put",[5]],["get",1]]
[["Keeper"],["Keeper"],["put",[9]],["Keeper"],["get",2],["get",2]]
`

const keeperAnswer = `[null,null,2,null,null,[],null,[7],[1,2],null,[7],[1,2]]
[null,null,[5]]
[null,null,null,null,[9],[9]]
`

func sections(outputs ...string) (all []*io.SectionReader) {
	for _, o := range outputs {
		all = append(all, io.NewSectionReader(strings.NewReader(o), 0, int64(len(o))))
	}
	return all
}

// given is the input of every pass, for the outputs of those before it.
func given(t *testing.T, relay *passes.Relay, test string, outputs ...string) []string {
	t.Helper()
	var all []string
	for n := range len(outputs) + 1 {
		var b bytes.Buffer
		if err := relay.Input(n, strings.NewReader(test), sections(outputs[:n]...), &b); err != nil {
			t.Fatal(err)
		}
		all = append(all, b.String())
	}
	return all
}

func TestRelayHandsTokensOn(t *testing.T) {
	relay := keeper(t)
	if n, err := relay.Passes(strings.NewReader(keeperInput)); n != 3 || err != nil {
		t.Fatalf("%d passes, %v", n, err)
	}
	outputs := []string{
		`[null,"one",2,"tw\"o\u00e9é\\"]` + "\n[null,null,[5]]\n[null]\n",
		" [ null , [] ,\t\"thr]e,e\", [7],[1,2]]\n" + `[null,"\ud834\udd1e"]` + "\n",
		"[null,[7],[1,2]]\n[null,[9],[9]]", // the last line needs no end
	}
	want := []string{
		`[["Keeper"],["put",[1,2],true],["size"],["put",[],true]]
[["Keeper"],["put",[5]],["get",1]]
[["Keeper"]]
`,
		`[["Keeper"],["get","tw\"o\u00e9é\\"],["put",[7],true],["get",2],["get","one"]]
[["Keeper"],["put",[9],true]]
`,
		`[["Keeper"],["get","thr]e,e"],["get","one"]]
[["Keeper"],["get","\ud834\udd1e"],["get","\ud834\udd1e"]]
`,
	}
	got := given(t, relay, keeperInput, outputs[:2]...)
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("pass %d is given\n%s\nwant\n%s", i, got[i], want[i])
		}
	}
	var b bytes.Buffer
	fault, err := relay.Join(strings.NewReader(keeperInput), sections(outputs...), &b)
	if err != nil || fault.Reason != "" || b.String() != keeperAnswer {
		t.Errorf("%+v, %v\n%s", fault, err, b.String())
	}
	// What of it the first two passes give.
	const part = "[null,null,2,null,null,[],null,[7],[1,2]]\n[null,null,[5]]\n[null,null,null]\n"
	b.Reset()
	if err := relay.Answer(2, strings.NewReader(keeperInput), strings.NewReader(keeperAnswer), &b); err != nil || b.String() != part {
		t.Errorf("the answer of two passes: %v\n%s", err, b.String())
	}
	b.Reset()
	fault, err = relay.Join(strings.NewReader(keeperInput), sections(outputs[:2]...), &b)
	if err != nil || fault.Reason != "" || b.String() != part {
		t.Errorf("two passes joined: %+v, %v\n%s", fault, err, b.String())
	}
}

func TestOnlyTokensHaveARelay(t *testing.T) {
	if r := passes.New(signaturetest.Class(t, "Counter()", "count() int")); r != nil {
		t.Error("a class without tokens has a relay")
	}
	if r := passes.New(signaturetest.Function(t, "f(a int) int")); r != nil {
		t.Error("a function has a relay")
	}
	if n, err := keeper(t).Passes(strings.NewReader("[[\"Keeper\"],[\"put\",[5]],[\"get\",1]]\n[[\"Keeper\"]]")); n != 1 || err != nil {
		t.Errorf("a test whose cases construct once has %d passes, %v", n, err)
	}
}

// What comes from the box is garbage of any kind: later passes are given the
// cases before it, and the judge has words for it.
func TestRelayFaults(t *testing.T) {
	const test = `[["Keeper"],["put",[1]],["Keeper"],["get",1]]
[["Keeper"],["put",[2]],["size"],["Keeper"],["get",1]]
[["Keeper"],["put",[3]],["Keeper"],["get",1]]
`
	const (
		noText     = "case 2: call 2: put returned no text that another instance could be given"
		notUnicode = "case 2: call 2: put returned a text that cannot be handed to another process: it is not UTF-8, or has half of a surrogate pair"
		noList     = "case 2: instance 1: the result is not a list of results"
	)
	for line, want := range map[string]string{
		`[null,null,1]`:                        noText,
		`[null,5,1]`:                           noText,
		`[null,true,1]`:                        noText,
		`[null,["a"],1]`:                       noText,
		`[null,{"a":"b"},1]`:                   noText,
		`[null,a,1]`:                           noText,
		`[null,"a""b",1]`:                      noText,
		`[null,"a" "b",1]`:                     noText,
		`[null,"a"5,1]`:                        noText,
		"[null,\"a\tb\",1]":                    noText,
		"[null,\"a\x00b\",1]":                  noText,
		`[null,"\x",1]`:                        noText,
		`[null,"\u12",1]`:                      noText,
		`[null,"\u12g4",1]`:                    noText,
		`[null,"\ud834",1]`:                    notUnicode,
		`[null,"\ud834 \udd1e",1]`:             notUnicode,
		`[null,"\udd1e\ud834",1]`:              notUnicode,
		`[null,"\ud834\u0041",1]`:              notUnicode,
		`[null,"\ud834\n",1]`:                  notUnicode,
		"[null,\"\xff\",1]":                    notUnicode,
		"[null,\"\xed\xa0\x80\",1]":            notUnicode, // half a pair, as if it were UTF-8
		"[null,\"\xf4\x90\x80\x80\",1]":        notUnicode,
		"[null,\"\xc0\x80\",1]":                notUnicode,
		``:                                     noList,
		`null`:                                 noList,
		`"a"`:                                  noList,
		`{"a":"b"}`:                            noList,
		`[null,"a",1`:                          noList,
		`[null,"a",1]]`:                        noList,
		`[null,"a",1] 2`:                       noList,
		`[null,"a",1` + "\x00":                 noList,
		`[null,"a,1]`:                          noList,
		`[null,,1]`:                            noList,
		`[,"a",1]`:                             noList,
		`[null,"a",1,]`:                        noList,
		`[null,"a",]}`:                         noList,
		`[]`:                                   "case 2: instance 1: there are 0 results for 3 calls",
		`[null,"a"]`:                           "case 2: instance 1: there are 2 results for 3 calls",
		`[null,"a",1,2]`:                       "case 2: instance 1: there are more than 3 results for 3 calls",
		`[null,"` + strings.Repeat("a", 1<<20): noList,
	} {
		outputs := []string{"[null,\"x\"]\n" + line + "\n[null,\"z\"]\n", "[null,[1]]\n[null,[2]]\n"}
		relay := keeper(t)
		if got := given(t, relay, test, outputs[0])[1]; got != `[["Keeper"],["get","x"]]`+"\n" {
			t.Errorf("%.40q: the second pass is given %.200q", line, got)
		}
		var b bytes.Buffer
		fault, err := relay.Join(strings.NewReader(test), sections(outputs...), &b)
		if err != nil || fault != (judge.Fault{Case: 2, Reason: want}) || b.String() != "[null,null,null,[1]]\n" {
			t.Errorf("%.40q: %+v, %v, joined %.200q; want %q", line, fault, err, b.String(), want)
		}
	}
}

func TestRelayOfMissingAndOfMoreResults(t *testing.T) {
	const test = `[["Keeper"],["put",[1]],["Keeper"],["get",1]]
[["Keeper"],["size"]]
[["Keeper"],["put",[3]],["Keeper"],["get",1]]
`
	for name, tc := range map[string]struct {
		outputs []string
		joined  int
		reason  string
	}{
		"all":                    {[]string{"[null,\"x\"]\n[null,1]\n[null,\"y\"]\n", "[null,[1]]\n[null,[3]]\n"}, 3, ""},
		"nothing":                {[]string{"", ""}, 0, ""},
		"nothing of the second":  {[]string{"[null,\"x\"]\n[null,1]\n[null,\"y\"]\n", ""}, 0, ""},
		"the last of the second": {[]string{"[null,\"x\"]\n[null,1]\n[null,\"y\"]\n", "[null,[1]]\n"}, 2, ""},
		"the last of the first":  {[]string{"[null,\"x\"]\n[null,1]\n", "[null,[1]]\n"}, 2, ""},
		"too many of the first":  {[]string{"[null,\"x\"]\n[null,1]\n[null,\"y\"]\n\n", "[null,[1]]\n[null,[3]]\n"}, 3, "there are more results than cases"},
		"too many of the second": {[]string{"[null,\"x\"]\n[null,1]\n[null,\"y\"]\n", "[null,[1]]\n[null,[3]]\n5"}, 3, "there are more results than cases"},
	} {
		var b bytes.Buffer
		fault, err := keeper(t).Join(strings.NewReader(test), sections(tc.outputs...), &b)
		if err != nil || strings.Count(b.String(), "\n") != tc.joined || fault.Reason != tc.reason {
			t.Errorf("%s: %+v, %v, joined %q", name, fault, err, b.String())
		}
	}
}

// Tests that are not what they should be are the author's mistake.
func TestRelayRefusesTests(t *testing.T) {
	relay := keeper(t)
	for test, want := range map[string]string{
		`{}`:                                  "case 1 of the test: it is not an array",
		`[5]`:                                 "call 1 must be an array that begins with a name",
		`[[]]`:                                "call 1 must be an array that begins with a name",
		`[["size"]]`:                          "the first call must be Keeper",
		`[["Keeper"],["lose"]]`:               `call 2: "lose" is none of the signature's`,
		`[["Keeper"],["size",1]]`:             `call 2: "size" is none of the signature's`,
		`[["Keeper"],["get",0]]`:              "call 2: 0 is not the index, from 0, of an earlier call that returned a token",
		`[["Keeper"],["get",2],["put",[]]]`:   "call 2: 2 is not the index",
		`[["Keeper"],["put",[]],["get","1"]]`: `call 3: "1" is not the index`,
		`[["Keeper"]` + strings.Repeat(`,["Keeper"]`, signature.MaxInstances) + `]`: "constructs 9 times, which is more than 8",
	} {
		if _, err := relay.Passes(strings.NewReader(test)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", test, err, want)
		}
	}
	many := json.RawMessage(`[["Keeper"]` + strings.Repeat(`,["Keeper"]`, signature.MaxInstances) + `]`)
	if err := keeperSignature(t).Case(many); err == nil || !strings.Contains(err.Error(), "at most 8 instances") {
		t.Errorf("a client's case of many instances: %v", err)
	}
}

// puts is an output that is far too long to be held: a line of one token.
type puts struct{ size int64 }

func (p puts) ReadAt(b []byte, off int64) (int, error) {
	n := 0
	for ; n < len(b) && off < p.size; n, off = n+1, off+1 {
		switch head, tail := "[null,\"", "\"]\n"; {
		case off < int64(len(head)):
			b[n] = head[off]
		case off >= p.size-int64(len(tail)):
			b[n] = tail[off-p.size+int64(len(tail))]
		default:
			b[n] = 'x'
		}
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// Whatever comes out of a box, no more of it is held than a few buffers.
func TestRelayHoldsNothing(t *testing.T) {
	const size = 200 << 20
	r := keeper(t)
	const test = `[["Keeper"],["put",[1]],["Keeper"],["get",1]]` + "\n"
	hostile := func() []*io.SectionReader { return []*io.SectionReader{io.NewSectionReader(puts{size}, 0, size)} }
	before := allocated()
	n := &counted{}
	if err := r.Input(1, strings.NewReader(test), hostile(), n); err != nil || n.n < size-20 {
		t.Errorf("%d bytes are handed on, %v", n.n, err)
	}
	if fault, err := r.Join(strings.NewReader(test), hostile(), n); err != nil || fault.Reason != "" {
		t.Errorf("%+v, %v", fault, err)
	}
	// Never ended, and full of commas.
	flood := io.NewSectionReader(commas{}, 0, size)
	if fault, err := r.Join(strings.NewReader(test), []*io.SectionReader{flood}, n); err != nil || fault.Reason == "" {
		t.Errorf("%+v, %v", fault, err)
	}
	if got := allocated() - before; got > 2<<20 {
		t.Errorf("%d bytes were allocated", got)
	}
}

type counted struct{ n int64 }

func (c *counted) Write(p []byte) (int, error) { c.n += int64(len(p)); return len(p), nil }

type commas struct{}

func (commas) ReadAt(b []byte, off int64) (int, error) {
	for i := range b {
		b[i] = "1,"[(off+int64(i))%2]
		if off+int64(i) == 0 {
			b[i] = '['
		}
	}
	return len(b), nil
}

// Divided into passes, a case comes to the results that it has in one process.
func TestPassesComeToTheSame(t *testing.T) {
	relay := keeper(t)
	rapid.Check(t, func(t *rapid.T) {
		var input, answer strings.Builder
		for range rapid.IntRange(1, 4).Draw(t, "cases") {
			calls, results := []any{[]any{"Keeper"}}, []any{nil}
			values := map[int][]int{}
			var made []int
			size := 0
			for range rapid.IntRange(0, 12).Draw(t, "calls") {
				var result any
				switch k := rapid.IntRange(0, 3).Draw(t, "kind"); {
				case k == 0 && strings.Count(fmt.Sprint(calls...), "Keeper") < signature.MaxInstances:
					calls = append(calls, []any{"Keeper"})
					size = 0
				case k == 1 && len(made) > 0:
					from := rapid.SampledFrom(made).Draw(t, "from")
					calls, result = append(calls, []any{"get", from}), values[from]
				case k == 2:
					calls, result = append(calls, []any{"size"}), size
				default:
					v := rapid.SliceOfN(rapid.IntRange(-9, 9), 0, 3).Draw(t, "values")
					if v == nil {
						v = []int{}
					}
					values[len(calls)] = v
					made = append(made, len(calls))
					calls = append(calls, []any{"put", v})
					size++
				}
				results = append(results, result)
			}
			input.Write(compact(calls))
			answer.Write(compact(results))
		}
		n, err := relay.Passes(strings.NewReader(input.String()))
		if err != nil {
			t.Fatal(err)
		}
		var outputs []string
		for pass := range n {
			var b bytes.Buffer
			if err := relay.Input(pass, strings.NewReader(input.String()), sections(outputs...), &b); err != nil {
				t.Fatal(err)
			}
			outputs = append(outputs, keep(t, b.String()))
		}
		var b bytes.Buffer
		fault, err := relay.Join(strings.NewReader(input.String()), sections(outputs...), &b)
		if err != nil || fault.Reason != "" || b.String() != answer.String() {
			t.Fatalf("%+v, %v\n%s\nwant\n%s", fault, err, b.String(), answer.String())
		}
	})
}

func compact(v any) []byte {
	b, _ := json.Marshal(v) // cannot fail: numbers, texts and lists of them
	return append(b, '\n')
}

// keep is a process of an honest solution, whose tokens are its values.
func keep(t *rapid.T, input string) string {
	var out strings.Builder
	for line := range strings.Lines(input) {
		var calls [][]any
		if err := json.Unmarshal([]byte(line), &calls); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		var results []any
		tokens := map[int]string{}
		size := 0
		for i, c := range calls {
			switch c[0] {
			case "Keeper":
				if i > 0 {
					t.Fatalf("%q constructs again", line)
				}
				results = append(results, nil)
			case "size":
				results = append(results, size)
			case "put":
				tokens[i] = string(bytes.TrimSpace(compact(c[1])))
				size++
				if len(c) == 3 && c[2] == true {
					results = append(results, tokens[i])
				} else {
					results = append(results, nil)
				}
			case "get":
				text, ok := c[1].(string)
				if n, isNumber := c[1].(float64); isNumber {
					text, ok = tokens[int(n)]
				}
				var v []int
				if !ok || json.Unmarshal([]byte(text), &v) != nil {
					t.Fatalf("%q: call %d", line, i)
				}
				results = append(results, v)
			}
		}
		out.Write(compact(results))
	}
	return out.String()
}

// Anybody may have written what passes print: it is a fault or it is joined,
// and never more than there are cases.
func FuzzRelay(f *testing.F) {
	f.Add("[null,\"x\",2,\"y\"]\n[null,null,[5]]\n[null]\n", "[null,[],\"z\",[7],[1,2]]\n[null,\"q\"]\n", "[null,[7],[1,2]]\n[null,[9],[9]]\n")
	f.Add("[null,\"\\ud834\",2,\"y\"]\n", "", "]")
	f.Add("[", "[null,\"x", "\xff")
	relay := keeper(f)
	f.Fuzz(func(t *testing.T, one, two, three string) {
		outputs := []string{one, two, three}
		for n := range 3 {
			var b bytes.Buffer
			if err := relay.Input(n, strings.NewReader(keeperInput), sections(outputs[:n]...), &b); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(b.String()) {
				var calls [][]any
				if err := json.Unmarshal([]byte(line), &calls); err != nil || len(calls) == 0 || calls[0][0] != "Keeper" {
					t.Fatalf("pass %d is given %q: %v", n, line, err)
				}
			}
			b.Reset()
			fault, err := relay.Join(strings.NewReader(keeperInput), sections(outputs[:n+1]...), &b)
			if lines := strings.Count(b.String(), "\n"); err != nil || lines > 3 || fault.Reason != "" && lines != fault.Case-1 {
				t.Fatalf("%+v, %v, joined %q", fault, err, b.String())
			}
		}
	})
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}
