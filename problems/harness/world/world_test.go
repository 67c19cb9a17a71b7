package world

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/bits"
	"strings"
	"testing"

	"github.com/docketjudge/docket/problems/harness/signature"
)

// talk lets a world of the signature answer messages, and returns what it said
// and the accounts that it wrote.
func talk(t *testing.T, function, cases string, messages ...string) (said, accounts string) {
	t.Helper()
	sig, err := signature.ParseFunction(function)
	if err != nil {
		t.Fatal(err)
	}
	var to, output bytes.Buffer
	if err := New(sig).Converse(strings.NewReader(cases), &to, strings.NewReader(strings.Join(messages, "\n")+"\n"), &output); err != nil {
		t.Fatal(err)
	}
	_, said, _ = strings.Cut(to.String(), "\n") // the arguments
	return said, output.String()
}

func TestWorld(t *testing.T) {
	const (
		tasks = "f(jobs task<int>[], timeout deadline) int"
		fetch = "f(get fetch<string>) int"
	)
	for _, tt := range []struct {
		name, signature, input string
		messages               []string
		said, account          string
	}{
		{
			"calls end in order of time, those of a moment in order of number", tasks, `[[{"ms":20,"value":1},{"ms":10,"value":2},{"ms":10,"error":"x"}],99]`,
			[]string{`["task",0]`, `["task",1]`, `["task",2]`, `["peek",null]`, `["idle",null]`, `["peek",null]`, `["idle",null]`, `["return",3]`},
			"[10000]\n[10000,[[1,true,2],[2,false,\"x\"]]]\n[20000]\n[20000,[[0,true,1]]]\n",
			`{"ms":20,"value":3,"events":[[0,"start",0],[0,"start",1],[0,"start",2],[10,"end",1],[10,"fail",2],[20,"end",0]]}`,
		},
		{
			"peek changes nothing", tasks, `[[{"ms":20,"value":1}],99]`,
			[]string{`["peek",null]`, `["task",0]`, `["peek",null]`, `["peek",null]`, `["return",1]`},
			"[99000]\n[20000]\n[20000]\n", `{"ms":0,"value":1,"events":[[0,"start",0]],"running":[0]}`,
		},
		{
			"a timer between", tasks, `[[{"ms":20,"value":1}],99]`,
			[]string{`["task",0]`, `["idle",1500]`, `["task",0]`, `["idle",null]`, `["idle",null]`, `["return",1]`},
			"[1500,[]]\n[20000,[[0,true,1]]]\n[21500,[[1,true,1]]]\n",
			`{"ms":21.5,"value":1,"events":[[0,"start",0],[1.5,"start",0],[20,"end",0],[21.5,"end",0]]}`,
		},
		{
			"a timer at a call's end", tasks, `[[{"ms":20,"value":1}],99]`,
			[]string{`["task",0]`, `["idle",20000]`, `["return",1]`},
			"[20000,[[0,true,1]]]\n", `{"ms":20,"value":1,"events":[[0,"start",0],[20,"end",0]]}`,
		},
		{
			"the deadline before a call's end", tasks, `[[{"ms":20,"value":1}],19]`,
			[]string{`["task",0]`, `["idle",null]`, `["cancel",0]`, `["peek",null]`, `["return",1]`},
			"[19000,[]]\n[null]\n", `{"ms":19,"value":1,"events":[[0,"start",0],[19,"cancel",0]]}`,
		},
		{
			"the deadline at a call's end", tasks, `[[{"ms":20,"value":1}],20]`,
			[]string{`["task",0]`, `["idle",null]`, `["cancel",0]`, `["peek",null]`, `["return",1]`},
			"[20000,[[0,true,1]]]\n[null]\n", `{"ms":20,"value":1,"events":[[0,"start",0],[20,"end",0]]}`,
		},
		{
			"a cancelled call does not end", tasks, `[[{"ms":20,"value":1},{"ms":30,"value":2}],99]`,
			[]string{`["task",0]`, `["task",1]`, `["cancel",0]`, `["cancel",0]`, `["idle",null]`, `["return",1]`},
			"[30000,[[1,true,2]]]\n", `{"ms":30,"value":1,"events":[[0,"cancel",0],[0,"start",0],[0,"start",1],[30,"end",1]]}`,
		},
		{
			"time does not go back", tasks, `[[{"ms":20,"value":1}],99]`,
			[]string{`["idle",5000]`, `["idle",-7]`, `["idle",4000]`, `["return",1]`},
			"[5000,[]]\n[5000,[]]\n[5000,[]]\n", `{"ms":5,"value":1,"events":[]}`,
		},
		{
			"an unknown argument fails at once", fetch, `[{"a":{"ms":5,"value":"b"}}]`,
			[]string{`["fetch",0,"b"]`, `["peek",null]`, `["idle",null]`, `["throw","no"]`},
			"[0]\n[0,[[0,false,\"there is no b\"]]]\n", `{"ms":0,"error":"no","events":[[0,"fail","b"],[0,"start","b"]]}`,
		},
		{
			"nothing ahead", fetch, `[{"a":{"ms":null,"value":""}}]`,
			[]string{`["fetch",0,"a"]`, `["peek",null]`, `["idle",7]`, `["idle",null]`, `["return",1]`},
			"[null]\n[7,[]]\n", `{"ms":0.007,"stuck":true,"events":[[0,"start","a"]],"running":["a"]}`,
		},
		{
			"nothing before the end of time", fetch, `[{"a":{"ms":1099511627776,"value":""}}]`,
			[]string{`["idle",1]`, `["fetch",0,"a"]`, `["peek",null]`, `["idle",9000000000000000000]`, `["return",1]`},
			"[1,[]]\n[null]\n", `{"ms":0.001,"stuck":true,"events":[[0.001,"start","a"]],"running":["a"]}`,
		},
		{"no message at all", fetch, `[{"a":{"ms":5,"value":""}}]`, []string{`["fetch",0,"a"]`, `{}`, `["return",1]`}, "", ""},
		{"a peek of nothing", fetch, `[{"a":{"ms":5,"value":""}}]`, []string{`["peek"]`, `["return",1]`}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			said, account := talk(t, tt.signature, tt.input+"\n", tt.messages...)
			if said != tt.said {
				t.Errorf("said %q\nwant %q", said, tt.said)
			}
			if account = strings.TrimSuffix(account, "\n"); account != tt.account {
				t.Errorf("account %s\nwant    %s", account, tt.account)
			}
		})
	}
}

// writes counts what is written, and keeps the length of the longest piece.
type writes struct{ total, longest int }

func (w *writes) Write(p []byte) (int, error) {
	w.total += len(p)
	w.longest = max(w.longest, len(p))
	return len(p), nil
}

// A solution is told so much in a case, and so much is told of it, however often
// it asks for a long result or with how long an argument. None of it is held
// together before it is written.
func TestWhatTheWorldSaysIsBounded(t *testing.T) {
	sig, err := signature.ParseFunction("f(get fetch<string>) int")
	if err != nil {
		t.Fatal(err)
	}
	const long = 16 << 10
	text := strings.Repeat("x", long)
	escaped := strings.Repeat(`\u0001`, long/6)
	for name, tt := range map[string]struct {
		test, argument string
		calls          int // the most
	}{
		"values":     {`{"a":{"ms":1,"value":"` + text + `"}}`, "a", maxReplies / (perEvent + long + 2)},
		"messages":   {`{"a":{"ms":1,"error":"` + escaped + `"}}`, "a", maxReplies / (perEvent + len(escaped) + 2)},
		"unknown":    {`{}`, text, maxAccount / (perEvent + long + 2) / 2},
		"known":      {`{"` + text + `":{"ms":null,"value":""}}`, text, maxAccount / (perEvent + long + 2) / 2},
		"controlled": {`{}`, escaped, maxAccount / (perEvent + len(escaped) + 2) / 2},
	} {
		t.Run(name, func(t *testing.T) {
			for _, calls := range []int{tt.calls, tt.calls + 1} {
				var to, output writes
				said := chant(`["fetch",0,"`+tt.argument+`"]`, calls, `["idle",2000]`, `["return",1]`)
				if err := New(sig).Converse(strings.NewReader("["+tt.test+"]\n"), &to, said, &output); err != nil {
					t.Fatal(err)
				}
				if told := output.total > 0; told != (calls == tt.calls) {
					t.Errorf("%d calls: an account of %d bytes", calls, output.total)
				}
				if to.total > maxReplies+(1<<20) || output.total > maxAccount+(1<<20) || max(to.longest, output.longest) > 64<<10 {
					t.Errorf("%d calls: replies %+v, account %+v", calls, to, output)
				}
			}
		})
	}
}

func TestArgumentsAreBounded(t *testing.T) {
	for more, accounts := range []int{1, 0} {
		_, account := talk(t, "f(get fetch<string>) int", "[{}]\n", `["fetch",0,"`+strings.Repeat("<", maxArgument+more)+`"]`, `["return",1]`)
		if n := strings.Count(account, "\n"); n != accounts {
			t.Errorf("an argument of %d bytes: %d accounts, want %d", maxArgument+more, n, accounts)
		}
	}
}

// What is said is as long as it was, whatever signs it has.
func TestNothingIsEscapedForHTML(t *testing.T) {
	said, account := talk(t, "f(get fetch<string>) string", `[{"<a>":{"ms":1,"value":"<&>"},"&":{"ms":1,"error":"<&>"}}]`+"\n",
		`["fetch",0,"<a>"]`, `["fetch",0,"&"]`, `["fetch",0,"<"]`, `["idle",null]`, `["idle",null]`, `["fetch",0,"&"]`, `["return","<&>"]`)
	if want := `[0,[[2,false,"there is no <"]]]` + "\n" + `[1000,[[0,true,"<&>"],[1,false,"<&>"]]]` + "\n"; said != want {
		t.Errorf("said %q\nwant %q", said, want)
	}
	want := `{"ms":1,"value":"<&>","events":[[0,"fail","<"],[0,"start","&"],[0,"start","<"],[0,"start","<a>"],[1,"end","<a>"],[1,"fail","&"],[1,"start","&"]],"running":["&"]}` + "\n"
	if account != want {
		t.Errorf("account %s\nwant    %s", account, want)
	}
	if _, account := talk(t, "f(get fetch<string>) string", "[{}]\n", `["throw","<&>"]`); account != `{"ms":0,"error":"<&>","events":[]}`+"\n" {
		t.Errorf("account %s", account)
	}
}

func TestMomentsAreMilliseconds(t *testing.T) {
	for m, want := range map[moment]string{0: "0", 1: "0.001", 10: "0.01", 500: "0.5", 1000: "1", 1200: "1.2", 1_000_030: "1000.03", endOfTime: "1099511627776"} {
		if got := string(m.text()); got != want {
			t.Errorf("%d: %s, want %s", int64(m), got, want)
		}
	}
}

// counted counts how often calls are compared.
type counted struct {
	agenda

	steps *int
}

func (c *counted) Less(i, j int) bool {
	*c.steps++
	return c.agenda.Less(i, j)
}

// steps runs as many calls as asked, some of which are cancelled, and returns
// how often they were compared.
func steps(tb testing.TB, calls int) int {
	tb.Helper()
	n := 0
	r := &round{deadline: never, ahead: &counted{steps: &n}, to: bufio.NewWriter(io.Discard)}
	for i := range calls {
		r.tasks = append(r.tasks, spec{Millis: new(int64), Value: []byte("1")})
		*r.tasks[i].Millis = int64(i*7919%calls) + 1
		if _, ok := r.take(fmt.Appendf(nil, `["task",%d]`, i)); !ok {
			tb.Fatal("no call")
		}
	}
	for i := 0; i < calls; i += 3 {
		r.take(fmt.Appendf(nil, `["cancel",%d]`, i))
	}
	for moves := 0; r.ahead.Len() > 0; moves++ {
		r.take([]byte(`["peek",null]`))
		if stuck, ok := r.take([]byte(`["idle",null]`)); !ok || stuck && moves < calls/2 {
			tb.Fatalf("move %d of %d: stuck %t, ok %t", moves, calls, stuck, ok)
		}
	}
	return n
}

// A move costs about the logarithm of how many calls there are, not all of
// them.
func TestStepsOfTheWorld(t *testing.T) {
	for _, calls := range []int{100, 1000, 10_000, maxCalls} {
		if n, most := steps(t, calls), 4*calls*bits.Len(uint(calls)); n > most || n < calls {
			t.Errorf("%d calls: %d steps, want at most %d", calls, n, most)
		}
	}
}

func BenchmarkWorld(b *testing.B) {
	for _, calls := range []int{1000, maxCalls} {
		b.Run(fmt.Sprintf("%d calls", calls), func(b *testing.B) {
			for b.Loop() {
				steps(b, calls)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(calls), "ns/call")
		})
	}
}

// Whatever a program says, the world answers in lines of JSON and writes at
// most one account, in which time only goes on.
func FuzzWorld(f *testing.F) {
	for _, said := range []string{
		`["task",0]` + "\n" + `["peek",null]` + "\n" + `["idle",null]` + "\n" + `["return",[1]]` + "\n",
		`["fetch",0,"a"]` + "\n" + `["idle",500]` + "\n" + `["cancel",0]` + "\n" + `["throw","x"]` + "\n",
		`["fetch",0,"?"]` + "\n" + `["idle",9223372036854775807]` + "\n",
		`["idle",-9223372036854775808]` + "\n" + `["task",1e3]` + "\n",
		`["return",{"ms":"\ud834"}]`, "[]\n[[]]\n", "\n\n", `["task",00]`,
	} {
		f.Add(said)
	}
	sig, err := signature.ParseFunction("f(jobs task<int>[], get fetch<string>, timeout deadline) int")
	if err != nil {
		f.Fatal(err)
	}
	const test = `[[{"ms":3,"value":1},{"ms":null,"error":"x"}],{"a":{"ms":0,"value":"b"}},7]` + "\n"
	f.Fuzz(func(t *testing.T, said string) {
		var to, output bytes.Buffer
		if err := New(sig).Converse(strings.NewReader(test), &to, strings.NewReader(said), &output); err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(to.Bytes()) {
			if !json.Valid(line) {
				t.Errorf("it said %q", line)
			}
		}
		if output.Len() == 0 {
			return
		}
		var a struct {
			Time   *float64 `json:"ms"`
			Events [][3]any `json:"events"`
		}
		if err := json.Unmarshal(output.Bytes(), &a); err != nil || a.Time == nil || a.Events == nil {
			t.Fatalf("%s: %v", output.String(), err)
		}
		last := 0.0
		for _, e := range a.Events {
			at, ok := e[0].(float64)
			if !ok || at < last || at > *a.Time {
				t.Errorf("%s: at %v after %v", output.String(), e[0], last)
			}
			last = at
		}
	})
}
