package main

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/docketjudge/docket/sandbox/wire"
)

// FuzzAppendJSON compares with the standard library.
func FuzzAppendJSON(f *testing.F) {
	for _, s := range []string{"", "plain", "\"\\\n\x00\x1f\x7f", "üñ€😀", "\x80\xff", "a\xe2\x82", "</script>\u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b := appendJSON(nil, s)
		var got string
		if err := json.Unmarshal(b, &got); err != nil {
			t.Fatalf("%q became %s: %v", s, b, err)
		}
		if !utf8.ValidString(s) {
			// The standard library knows no lone surrogates; the lengths agree.
			if utf8.RuneCountInString(got) != utf8.RuneCountInString(s) {
				t.Fatalf("%q became %q", s, got)
			}
			return
		}
		if got != s {
			t.Fatalf("%q became %q", s, got)
		}
	})
}

// FuzzJSONValue reads anything, and reads flat objects as the standard
// library does.
func FuzzJSONValue(f *testing.F) {
	for _, s := range []string{
		`{"ready": 12, "python": "3.13.5"}`, `{"exited":7,"status":256,"memory_error":true,"maxrss_kib":9000,"utime_us":1,"stime_us":2,"zygote_cpu_ns":3}`,
		`{"error": "say \"no\" \\"}`, `{}`, `{"a"`, `{"a":`, `{"a":1,}`, `[1]`, `{"a": -5}`, `{"error":"x}`, `{"a":{"ready":1}}`,
	} {
		f.Add(s, "ready")
		f.Add(s, "error")
		f.Add(s, "a")
	}
	f.Fuzz(func(t *testing.T, s, name string) {
		n, isNumber := jsonNumber([]byte(s), name)
		_, isString := jsonString([]byte(s), name)
		_ = jsonTrue([]byte(s), name)
		if isNumber && isString {
			t.Fatal("a number and a string")
		}
		var flat map[string]uint32
		if json.Unmarshal([]byte(s), &flat) != nil || strings.Contains(s, `\`) || strings.Contains(s, "null") || strings.Count(s, `"`) != 2*len(flat) {
			return
		}
		if want, ok := flat[name]; ok && !strings.ContainsAny(s, "eE.") && (!isNumber || n != int64(want)) {
			t.Fatalf("%q in %q is %d, %v", name, s, n, isNumber)
		}
	})
}

func TestZygoteRequest(t *testing.T) {
	e := wire.Exec{Mode: wire.Fork, Argv: []string{"/box/main.py", "a\"b"}, Env: []string{"A=b=c", "B=", "broken", "=x"}, Dir: "/work", AddressSpace: 1 << 30}
	var got struct {
		Mode  string
		Argv  []string
		Files []string
		Env   map[string]string
		Cwd   string
		UID   int
		GID   int
		Data  int64
	}
	if err := json.Unmarshal(zygoteRequest(&e, 20001), &got); err != nil {
		t.Fatal(err)
	}
	if got.Mode != "run" || len(got.Argv) != 2 || got.Argv[1] != "a\"b" || got.Files != nil || got.Env["A"] != "b=c" || got.Cwd != "/work" ||
		got.UID != 20001 || got.GID != 20001 || got.Data != 1<<30 {
		t.Errorf("%+v", got)
	}
	if len(got.Env) != 2 {
		t.Errorf("environment %q", got.Env)
	}
	e.Mode, e.AddressSpace = wire.Check, 0
	b := string(zygoteRequest(&e, 20001))
	if !strings.Contains(b, `"mode":"check","files":["/box/main.py"`) || strings.Contains(b, "data") {
		t.Error(b)
	}
}
