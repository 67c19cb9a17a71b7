package jsonline_test

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/docketjudge/docket/problems/harness/jsonline"
)

func TestRead(t *testing.T) {
	in := bufio.NewReaderSize(strings.NewReader("one\n\ntwelve bytes\n"+strings.Repeat("x", 40)+"\nlast"), 16)
	for _, want := range []string{"one", "", "twelve bytes"} {
		if got, err := jsonline.Read(in, nil, 13); string(got) != want || err != nil {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
	}
	if got, err := jsonline.Read(in, nil, 30); !errors.Is(err, jsonline.ErrTooLong) || len(got) > 30 {
		t.Errorf("a long line: %q, %v", got, err)
	}
	if got, err := jsonline.Read(in, []byte("> "), 100); err != nil || !strings.HasPrefix(string(got), "> ") {
		t.Errorf("what follows: %q, %v", got, err)
	}
	if got, err := jsonline.Read(in, nil, 100); string(got) != "last" || err != nil {
		t.Errorf("the last line: %q, %v", got, err)
	}
	if _, err := jsonline.Read(in, nil, 100); !errors.Is(err, io.EOF) {
		t.Errorf("the end: %v", err)
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":[1,{"b":2}],"c":{"b":3}}`: "", " 1.50 ": "", `"x"`: "",
		"": "not JSON", "{": "not JSON", "1 2": "not one JSON value", "[1]]": "not one JSON value",
		`{"a":1,"a":2}`: `the key "a" stands twice`, `[{"a":{"b":1,"b":1}}]`: `the key "b" stands twice`,
	} {
		_, err := jsonline.Parse([]byte(text))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestHalfPair(t *testing.T) {
	for text, want := range map[string]bool{
		`"plain"`: false, `"\ud834\udd1e"`: false, `"\\ud834"`: false, `"\u00e9"`: false,
		`"\ud834"`: true, `"\udd1e"`: true, `"\ud834\ud834"`: true, `"\ud834x\udd1e"`: true, `"\\\ud834"`: true,
	} {
		if got := jsonline.HalfPair([]byte(text)); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}
