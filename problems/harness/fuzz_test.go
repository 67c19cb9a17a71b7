package harness_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness"
)

func FuzzParseType(f *testing.F) {
	for _, s := range []string{"int", "int[][]", "map<long?>[]", "task<int>[]", "fetch<map<string>>", "map<", "?", "[]", "token?", "int[][][][][][][][][][]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		kind, err := harness.ParseType(text)
		if err != nil {
			if len(err.Error()) > 1000 {
				t.Errorf("the message has %d bytes", len(err.Error()))
			}
			return
		}
		if kind.String() != text {
			t.Errorf("%q is read as %s", text, kind)
		}
	})
}

func FuzzParseFunction(f *testing.F) {
	for _, s := range []string{"f() int", "f(a int, b map<string[]>) list_node", "f(a task<int>[], b deadline) int", "f(a fetch<int>) int", "f(a token) int", "f(,) int"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		sig, err := harness.ParseFunction(text)
		if err != nil {
			return
		}
		// What is accepted can be written in every language.
		h := harness.New(sig)
		for _, lang := range judge.Languages() {
			if _, err := h.Source(lang, []judge.File{h.Starter(lang)}); err != nil {
				t.Errorf("%s: %s: %v", lang, text, err)
			}
		}
	})
}

func FuzzCase(f *testing.F) {
	for _, s := range []string{
		`[1,[2],{"a":[null,1]},"x",[1,null,2]]`, `[1,[2],{},"\ud834\udd1e",[]]`, `[1,[2],{},"\ud834",[]]`, `[`, `[1e5,[],{"a":[],"a":[]},"",[]]`,
	} {
		f.Add(s)
	}
	h := function(f, "f(a int, b long[], c map<int?[]>, d string, e tree_node) int")
	f.Fuzz(func(t *testing.T, text string) {
		err := h.Case([]byte(text))
		if err != nil {
			if len(err.Error()) > 2000+len(text) {
				t.Errorf("the message has %d bytes for %d", len(err.Error()), len(text))
			}
			return
		}
		// What is accepted is one line of JSON that stays accepted.
		line, err := h.Input([]json.RawMessage{json.RawMessage(text)})
		if err != nil || strings.Count(string(line), "\n") != 1 || !json.Valid(line) {
			t.Fatalf("%q becomes %q, %v", text, line, err)
		}
		if err := h.Case(line); err != nil {
			t.Errorf("%q is accepted, %q is not: %v", text, line, err)
		}
	})
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{
		"[null,1,2.5,{\"a\":\"x\"}]\n[null]\n", "[null,1,2.5000001,{\"a\":\"\\u0078\"}]\n[null]", "[null]\n\n", "NaN\n", "[1e999]\n", "\xff\n",
	} {
		f.Add(s)
	}
	h := class(f, "Box()", "count() int", "mean() double", "all() map<string>")
	const answer = "[null,1,2.5,{\"a\":\"x\"}]\n[null]\n"
	f.Fuzz(func(t *testing.T, output string) {
		got, err := h.Checker(0).Check(strings.NewReader(output), strings.NewReader(answer))
		if err != nil {
			t.Fatalf("%q: %v", output, err)
		}
		if got.Total != 2 || got.Passed > 2 || (got.Reason == "") != (got.Passed == 2 && strings.Count(strings.TrimSuffix(output, "\n"), "\n") == 1) {
			t.Fatalf("%q: %+v", output, got)
		}
		if len(got.Reason) > 4096 {
			t.Errorf("the reason has %d bytes", len(got.Reason))
		}
		if got.Reason != "" {
			return
		}
		// Only texts that mean the answers are accepted.
		for i, line := range strings.Split(strings.TrimSuffix(output, "\n"), "\n") {
			var v []any
			if err := json.Unmarshal([]byte(line), &v); err != nil || len(v) != []int{4, 1}[i] || v[0] != nil {
				t.Errorf("%q is accepted: %v", output, err)
			}
		}
	})
}
