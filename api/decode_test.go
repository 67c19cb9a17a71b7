package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
)

var seeds = []string{
	goProgram,
	`{"problem":"sums","language":"go","files":[{"name":"a.go","content":"\u00e9\\\""}],"metadata":{"a":[{},null,-1.5e3,"\\"],"a":{}}}`,
	`{"problem":"sums","language":"go","source":"x","user":"a\"b","queue":"batch"}`,
	`{"language":"python","source":"","stdin":"1\n","limits":{"cpu_ms":5,"memory_kib":70000}}`,
	` { "sour\u0063e" : "x" , "source" : "y" } `, `{"source":"x"`, `{"a":{"b":[1,{"c":null}]},"b":"\\\\"}`,
	`null`, `[]`, `[[]]`, `0`, `""`, `{}`, `{"":1}`, `{"files":[[]]}`, `{"files":[null]}`, `{"Source":"x"}`, "{\"user\":\"\xff\"}",
	`{"metadata":null}`, `{"metadata":{"x":"}"}}`, `{"limits":{}}`, `{"limits":{"cpu_ms":1e3}}`,
}

// holds reports what is wrong with a body that decode has accepted.
func holds(t *testing.T, schema interface{ Validate(any) error }, body []byte, fresh func() any) {
	v := fresh()
	if err := decode(body, v); err != nil {
		if judge.CodeOf(err) != judge.CodeInvalid {
			t.Fatalf("decoding %q: an error that is not the client's: %v", body, err)
		}
		return
	}
	// What was understood is all that was said: written again, it reads the same.
	again, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("writing %+v: %v", v, err)
	}
	w := fresh()
	if err := json.Unmarshal(again, w); err != nil {
		t.Fatalf("reading %s: %v", again, err)
	}
	if diff := cmp.Diff(v, w, cmp.Exporter(func(reflect.Type) bool { return true }), cmp.Comparer(func(a, b json.RawMessage) bool {
		var x, y bytes.Buffer
		return a == nil && b == nil || json.Compact(&x, a) == nil && json.Compact(&y, b) == nil && escaped(x.Bytes()) == escaped(y.Bytes())
	})); diff != "" {
		t.Fatalf("%q: %s", body, diff)
	}
	// And the names are those of the document, in every object.
	var loose any
	if err := json.Unmarshal(body, &loose); err != nil {
		t.Fatalf("accepted %q: %v", body, err)
	}
	if err := schema.Validate(loose); err != nil {
		for _, line := range strings.Split(err.Error(), "\n") {
			if strings.Contains(line, "additional properties") || strings.Contains(line, "got null") {
				t.Fatalf("accepted %q: %v", body, err)
			}
		}
	}
}

func escaped(b []byte) string {
	var out bytes.Buffer
	json.HTMLEscape(&out, b)
	return out.String()
}

func FuzzDecodeRequests(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	server, err := New(Config{Store: newFakeStore(), Queue: &fakeQueue{}, Problems: fakeProblems{}, Log: quiet()})
	if err != nil {
		f.Fatal(err)
	}
	c := contractOf(f, server.Document())
	f.Fuzz(func(t *testing.T, body []byte) {
		for name, fresh := range map[string]func() any{
			"SubmitRequest": func() any { return new(submitRequest) },
			"BatchRequest":  func() any { return new(batchRequest) },
			"RunRequest":    func() any { return new(runRequest) },
		} {
			s, err := c.schema("components", "schemas", name)
			if err != nil {
				t.Fatal(err)
			}
			holds(t, s, body, fresh)
		}
	})
}

// Half of a surrogate pair would become another character on the way.
func TestDecodeRefusesHalfPairs(t *testing.T) {
	type place struct {
		field string
		byte  int
	}
	for body, want := range map[string]place{
		`{"language":"python","source":"s","stdin":"a\ud83db\n"}`:      {"stdin", 45},
		`{"language":"python","source":"\ude00"}`:                      {"source", 32},
		`{"files":[{"name":"a.py","content":"\ud83d\u0041"}]}`:         {"files[0].content", 37},
		`{"files":[{"name":"a.py"},{"name":"\udfff.py"}]}`:             {"files[1].name", 36},
		`{"cases":[[1],["x",["\ud83d\ude00","\ud83d"]]]}`:              {"cases[1][1][1]", 37},
		`{"cases":[[{"a":1,"\ud83d":2}]]}`:                             {"cases[0][0]", 20},
		`{"metadata":{"a":[{},null,{"b":"\ud83d"}]}}`:                  {"metadata.a[2].b", 33},
		`{"metadata":{"\ud83d":1}}`:                                    {"metadata", 15},
		`{"\ud83d":1}`:                                                 {"", 3},
		`{"language":"\ud83d"}`:                                        {"language", 14},
		`{"user":"\\\ud83d"}`:                                          {"user", 12},
		`{"user" : "x" , "metadata" : { } , "stdin" : "\ud83d\ud83d"}`: {"stdin", 47},
	} {
		var known *judge.Error
		if err := decode([]byte(body), new(halves)); !errors.As(err, &known) || known.Code != judge.CodeInvalid || known.Field != want.field ||
			!strings.HasSuffix(known.Message, fmt.Sprintf("(byte %d)", want.byte)) {
			t.Errorf("%s: %v, want %+v", body, err, want)
		}
	}
	// The control: whole pairs, and escapes of a backslash.
	for _, body := range []string{`{"stdin":"\ud83d\ude00"}`, `{"stdin":"\\ud83d"}`, `{"cases":[["\uD83D\uDE00"]],"metadata":{"\ud83d\ude00":"\\ude00"}}`} {
		if err := decode([]byte(body), new(halves)); err != nil {
			t.Errorf("%s: %v", body, err)
		}
	}
	var known *judge.Error
	if err := decode([]byte("{\"stdin\":\"a\xff\"}"), new(halves)); !errors.As(err, &known) || !strings.Contains(known.Message, "byte 12.") {
		t.Errorf("a body that is not UTF-8: %v", err)
	}
}

// halves is a request with fields of all kinds.
type halves struct {
	Language string          `json:"language"`
	Source   string          `json:"source"`
	Files    []file          `json:"files"`
	Cases    []caseJSON      `json:"cases"`
	Stdin    string          `json:"stdin"`
	User     string          `json:"user"`
	Metadata json.RawMessage `json:"metadata"`
}

func TestDecodeNamesThePlace(t *testing.T) {
	for body, want := range map[string]string{
		`{"submissions":[{"files":[{"name":"a"},{"name":"b","x":1}]}]}`:       "submissions[0].files[1].x",
		`{"submissions":[{},{"metadata":{"x":null},"language":null}]}`:        "submissions[1].language",
		`{"submissions":[{"source":"a\\\"","source":"b"}]}`:                   "submissions[0].source",
		`{"submissions":[null]}`:                                              "submissions[0]",
		`{"submissions":[{"metadata":null}]}`:                                 "submissions[0].metadata",
		`{"submissions":[], "` + strings.Repeat("x", 500) + `":1}`:            strings.Repeat("x", 200) + "...",
		`{"submissions":[{"s\u006furce":"x","\u0073ource":"y"}]}`:             "submissions[0].source",
		`{"submissions":[{"metadata":{"a":1,"a":2,"b":[{"c":"}]"}]}}],"z":0}`: "z",
	} {
		err := decode([]byte(body), new(batchRequest))
		var known *judge.Error
		if !errors.As(err, &known) || known.Field != want {
			t.Errorf("%.80s: %v, want field %s", body, err, want)
		}
	}
	var in submitRequest
	if err := decode([]byte(`{"metadata":{"a":{"b":null}}, "source":"x\"y"}`), &in); err != nil || *in.Source != `x"y` {
		t.Errorf("%v, %+v", err, in)
	}
}

// The nulls of a case are values of the problem: children that a tree does not
// have, and arguments that are absent.
func TestDecodeLeavesCasesAsTheyAre(t *testing.T) {
	const cases = `[[[1,null,2],null],[{"a":null,"a":"]}"}]]`
	var in runRequest
	if err := decode([]byte(`{"cases":`+cases+`,"stdin":"x"}`), &in); err != nil {
		t.Fatal(err)
	}
	if len(in.Cases) != 2 || string(in.Cases[0]) != "[[1,null,2],null]" || in.Stdin != "x" {
		t.Errorf("cases %s, stdin %q", in.Cases, in.Stdin)
	}
	for body, want := range map[string]string{
		`{"cases":null}`:               "cases",
		`{"cases":[[1],null]}`:         "cases[1]",
		`{"cases":[[null]],"csaes":1}`: "csaes",
	} {
		var known *judge.Error
		if err := decode([]byte(body), new(runRequest)); !errors.As(err, &known) || known.Field != want {
			t.Errorf("%s: %v, want field %s", body, err, want)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	body := []byte(`{"problem":"sums","language":"go","source":"` + strings.Repeat(`fmt.Println(\"x\")\n`, 50) + `","user":"ada"}`)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		var in submitRequest
		if err := decode(body, &in); err != nil {
			b.Fatal(err)
		}
	}
}
