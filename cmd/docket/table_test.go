package main

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/docketjudge/docket/judge"
)

func TestTable(t *testing.T) {
	tab := newTable("name", "", ">size", "note")
	tab.row("a", "ok", "1 MiB", "")
	tab.painted(1, green)
	tab.row("länger", "", "10 MiB", "two\nlines")
	tab.row("b", "", "", "")
	var plain, painted bytes.Buffer
	if err := tab.print(&plain, false); err != nil {
		t.Fatal(err)
	}
	want := "name          size  note\n" +
		"a       ok   1 MiB\n" +
		"länger      10 MiB  two\\nlines\n" +
		"b\n"
	if plain.String() != want {
		t.Errorf("got\n%s\nwant\n%s", plain.String(), want)
	}
	if err := tab.print(&painted, true); err != nil {
		t.Fatal(err)
	}
	without := strings.NewReplacer("\x1b[32m", "", "\x1b[2m", "", "\x1b[0m", "").Replace(painted.String())
	if !strings.Contains(painted.String(), "\x1b[32mok\x1b[0m") || without != want {
		t.Errorf("painted:\n%q", painted.String())
	}
}

// TestPrintable: nothing that a program or server says moves a cursor.
func TestPrintable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
		for _, r := range printable(s) {
			if r != '\n' && r != '\t' && !unicode.IsGraphic(r) {
				t.Fatalf("%U came through", r)
			}
		}
		if line := printableLine(s); strings.ContainsAny(line, "\n\r\t\x1b") {
			t.Fatalf("%q is not one line", line)
		}
	})
	for in, want := range map[string]string{
		"plain\ttext\n": "plain\ttext\n",
		"\x1b[31mred":   `\x1b[31mred`,
		"a\r\nb\rc":     `a` + "\n" + `b\x0dc`,
		"\u202eevil":    `\u202eevil`,
		"\xff":          "\ufffd",
		"größer 数":      "größer 数",
	} {
		if got := printable(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestProgressOnATerminal(t *testing.T) {
	var b bytes.Buffer
	l := &liveProgress{statusLine: statusLine{w: &b, terminal: true}, colourful: true}
	l.tell(judge.Event{Kind: judge.EventRunning, Total: 2})
	l.tell(judge.Event{Kind: judge.EventTest, Test: &judge.TestReport{Name: "secret/" + strings.Repeat("long", 50), Verdict: judge.WA}})
	// A worker was lost: it begins anew.
	l.tell(judge.Event{Kind: judge.EventRunning, Total: 2})
	l.tell(judge.Event{Kind: judge.EventTest, Test: &judge.TestReport{Name: "secret/1\x1b[2J", Verdict: judge.AC}})
	l.tell(judge.Event{Kind: judge.EventDone})
	lines := strings.Split(strings.TrimPrefix(b.String(), "\r\x1b[K"), "\r\x1b[K")
	if len(lines) != 5 || lines[4] != "" || strings.Contains(b.String(), "\n") {
		t.Fatalf("%q", lines)
	}
	wrong := strings.NewReplacer("\x1b[31;1m", "", "\x1b[0m", "").Replace(lines[1])
	if !strings.HasPrefix(wrong, "1/2  WA   secret/long") || len(wrong) >= 80 {
		t.Errorf("%q", wrong)
	}
	if want := "\x1b[32m1/2  AC \x1b[0m  secret/1\\x1b[2J"; !strings.HasPrefix(lines[3], want) {
		t.Errorf("%q", lines[3])
	}
}
