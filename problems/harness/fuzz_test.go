package harness_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness"
	"github.com/docketjudge/docket/problems/harness/signature"
)

func FuzzParseFunction(f *testing.F) {
	for _, s := range []string{"f() int", "f(a int, b map<string[]>) list_node", "f(a task<int>[], b deadline) int", "f(a fetch<int>) int", "f(a token) int", "f(,) int"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		sig, err := signature.ParseFunction(text)
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
		err := h.Signature().Case([]byte(text))
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
		if err := h.Signature().Case(line); err != nil {
			t.Errorf("%q is accepted, %q is not: %v", text, line, err)
		}
	})
}
