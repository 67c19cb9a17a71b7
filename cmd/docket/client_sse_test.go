package main

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func readEvents(r io.Reader) (events []serverEvent, err error) {
	in := newEventReader(r)
	for {
		e, err := in.next()
		if err != nil {
			return events, err
		}
		events = append(events, e)
	}
}

func TestEventReader(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []serverEvent
	}{
		{"one", "id: 1-0\nevent: test\ndata: {}\n\n", []serverEvent{{"1-0", "test", "{}"}}},
		{"comments and retry", ": alive\n\nretry: 1000\n\ndata: x\n\n", []serverEvent{{"", "message", "x"}}},
		{"two lines of data", "data: a\ndata:b\n\n", []serverEvent{{"", "message", "a\nb"}}},
		{"empty data", "data\n\ndata:\n\n", []serverEvent{{"", "message", ""}, {"", "message", ""}}},
		{"one space is not part of it", "data:  x\n\n", []serverEvent{{"", "message", " x"}}},
		{"carriage returns", "data: a\r\rdata: b\r\n\r\ndata: c\r\n\n", []serverEvent{{"", "message", "a"}, {"", "message", "b"}, {"", "message", "c"}}},
		{"the id stays", "id: 7\ndata: a\n\ndata: b\n\n", []serverEvent{{"7", "message", "a"}, {"7", "message", "b"}}},
		{"an id without data counts", "id: 7\n\ndata: b\n\n", []serverEvent{{"7", "message", "b"}}},
		{"an id with NUL does not", "id: 7\ndata: a\n\nid: 8\x00\ndata: b\n\n", []serverEvent{{"7", "message", "a"}, {"7", "message", "b"}}},
		{"a name without data is forgotten", "event: test\n\ndata: a\n\n", []serverEvent{{"", "message", "a"}}},
		{"unknown fields", "datum: x\nDATA: y\ndata: z\n\n", []serverEvent{{"", "message", "z"}}},
		{"byte order mark", "\ufeffdata: a\n\n\ufeffdata: b\n\n", []serverEvent{{"", "message", "a"}}},
		{"an unfinished event is dropped", "data: a\n\nid: 9\ndata: b\n", []serverEvent{{"", "message", "a"}}},
		{"not UTF-8", "data: \xff\n\n", []serverEvent{{"", "message", "\ufffd"}}},
	} {
		got, err := readEvents(strings.NewReader(c.in))
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s: error %v", c.name, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// endless repeats a text for ever.
type endless string

func (e endless) Read(p []byte) (int, error) { return copy(p, e), nil }

func TestEventReaderIsBounded(t *testing.T) {
	for _, in := range []endless{"x", "data: y\n", "data\n"} {
		r := newEventReader(in)
		r.most = 1000
		if _, err := r.next(); !errors.Is(err, errEventTooLarge) {
			t.Errorf("%q repeated: %v", in, err)
		}
	}
}

// FuzzEventReader compares the reader with one that has the whole stream at
// hand, however the stream arrives.
func FuzzEventReader(f *testing.F) {
	f.Add("id: 1-0\nevent: test\ndata: {\"kind\":\"test\"}\n\n: alive\n\n")
	f.Add("\ufeffdata: a\r\rdata: b\r\n\r\nid: 3\x00\nretry: 1\n\n")
	f.Add("data\ndata:\n\nevent\n\nid\n\ndata: x\n\n")
	f.Fuzz(func(t *testing.T, s string) {
		want := eventsOf(s)
		for name, r := range map[string]io.Reader{"whole": strings.NewReader(s), "bytewise": iotest.OneByteReader(strings.NewReader(s))} {
			got, err := readEvents(r)
			if !errors.Is(err, io.EOF) {
				t.Fatalf("%s: error %v", name, err)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s: %q, want %q", name, got, want)
			}
		}
	})
}

// eventsOf parses a whole stream at leisure.
func eventsOf(s string) (events []serverEvent) {
	s = strings.TrimPrefix(s, "\ufeff")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	lines := strings.Split(s, "\n")
	var e serverEvent
	var data []string
	for _, line := range lines[:len(lines)-1] { // what no line end follows does not count
		line = strings.ToValidUTF8(line, "\ufffd")
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case line == "":
			if data != nil {
				if e.Name == "" {
					e.Name = "message"
				}
				e.Data = strings.Join(data, "\n")
				events = append(events, e)
			}
			e, data = serverEvent{ID: e.ID}, nil
		case name == "data":
			data = append(data, value)
		case name == "event":
			e.Name = value
		case name == "id" && !strings.Contains(value, "\x00"):
			e.ID = value
		}
	}
	return events
}
