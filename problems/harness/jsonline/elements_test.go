package jsonline_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/docketjudge/docket/problems/harness/jsonline"
)

// Elements lie where brackets, commas and strings say.
func TestElementsOfArrays(t *testing.T) {
	for text, want := range map[string][]string{
		"[]":                               nil,
		" [ ] ":                            nil,
		"[1]":                              {"1"},
		`[1, "a,]\"[" ,[2,{"b":[]}], {} ]`: {"1", `"a,]\"["`, `[2,{"b":[]}]`, "{}"},
		`["\\",1]`:                         {`"\\"`, "1"},
	} {
		spans, err := jsonline.Elements([]byte(text), nil)
		var got []string
		for _, s := range spans {
			got = append(got, string(s.Of([]byte(text))))
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "1", "[", "]", "[1", "[1,]", "[,1]", "[1,,2]", "[1]]", "[1] 2", "[[1]", `["a]`, `["a\"]`, "[1}]", "{}", "[}"} {
		if spans, err := jsonline.Elements([]byte(text), nil); err == nil && !bytes.Contains([]byte(text), []byte("}")) {
			t.Errorf("%q has %d elements", text, len(spans))
		}
	}
}
