package wire

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

var (
	texts  = rapid.StringN(0, 200, MaxString)
	lists  = rapid.SliceOfN(texts, 0, 20)
	spans  = rapid.Custom(func(t *rapid.T) time.Duration { return time.Duration(rapid.Int64Min(0).Draw(t, "ns")) })
	stops  = rapid.Custom(func(t *rapid.T) Stop { return Stop(rapid.Uint8Max(uint8(StoppedForInput)).Draw(t, "stop")) })
	bytess = rapid.SliceOfN(rapid.Byte(), 0, 5000)
)

// same checks that a message is what its encoding decodes to, and that no
// shorter or longer encoding is taken for one.
func same[M appender](t *rapid.T, m M, decode func([]byte) (M, error), open bool) {
	t.Helper()
	p := m.Append([]byte("before"))
	if string(p[:6]) != "before" {
		t.Fatal("Append changed what was there")
	}
	p = p[6:]
	got, err := decode(p)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(m, got, cmpopts.EquateEmpty()); d != "" {
		t.Fatal(d)
	}
	if open { // ends with as many bytes as there are
		return
	}
	if _, err := decode(append(p[:len(p):len(p)], 0)); !errors.Is(err, ErrProtocol) {
		t.Fatalf("a byte too many: %v", err)
	}
	cut := rapid.IntRange(0, len(p)-1).Draw(t, "cut")
	if m, err := decode(p[:cut]); !errors.Is(err, ErrProtocol) {
		t.Fatalf("cut to %d bytes it is %+v: %v", cut, m, err)
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		same(t, Hello{Version: rapid.Uint32().Draw(t, "version"), Build: texts.Draw(t, "build"), Helper: texts.Draw(t, "helper")}, DecodeHello, false)
		same(t, Lease{UID: rapid.Uint32().Draw(t, "uid")}, DecodeLease, false)
		same(t, Put{Path: texts.Draw(t, "path"), Size: rapid.Uint64().Draw(t, "size"), Exec: rapid.Bool().Draw(t, "exec")}, DecodePut, false)
		same(t, Input{Run: rapid.Uint32().Draw(t, "run"), Data: bytess.Draw(t, "input")}, DecodeInput, true)
		same(t, Path{Path: texts.Draw(t, "path"), Max: rapid.Uint64().Draw(t, "max")}, DecodePath, false)
		same(t, Exec{
			Run:  rapid.Uint32().Draw(t, "run"),
			Mode: Mode(rapid.Uint8().Draw(t, "mode")), Argv: lists.Draw(t, "argv"), Env: lists.Draw(t, "env"), Dir: texts.Draw(t, "dir"),
			CPUStop: spans.Draw(t, "cpu"), WallStop: spans.Draw(t, "wall"), MemoryStop: rapid.Uint64().Draw(t, "memory"),
			OutputStop: rapid.Uint64().Draw(t, "output"), StderrCap: rapid.Uint32().Draw(t, "stderr"), AddressSpace: rapid.Uint64().Draw(t, "space"),
			InputFile: rapid.Bool().Draw(t, "file"),
			Collect:   lists.Draw(t, "collect"), Keep: rapid.Bool().Draw(t, "keep"),
		}, DecodeExec, false)
		same(t, Exited{
			ExitCode: rapid.Int32().Draw(t, "code"), Signal: rapid.Int32().Draw(t, "signal"), Stopped: stops.Draw(t, "stopped"),
			OutOfMemory: rapid.Bool().Draw(t, "oom"), CPU: spans.Draw(t, "cpu"), Wall: spans.Draw(t, "wall"), Memory: rapid.Uint64().Draw(t, "memory"),
			StdoutBytes: rapid.Uint64().Draw(t, "bytes"), StderrCut: rapid.Bool().Draw(t, "cut"), Dirty: texts.Draw(t, "dirty"),
		}, DecodeExited, false)
		same(t, Collected{Name: texts.Draw(t, "name"), Content: bytess.Draw(t, "content")}, DecodeCollected, true)
		same(t, text(texts.Draw(t, "text")), func(p []byte) (text, error) { s, err := DecodeText(p); return text(s), err }, false)
		same(t, count(rapid.Uint32().Draw(t, "n")), func(p []byte) (count, error) { n, err := DecodeUint32(p); return count(n), err }, false)
	})
}

func TestBounds(t *testing.T) {
	long := strings.Repeat("x", MaxString+1)
	for name, c := range map[string]struct {
		p      []byte
		decode func([]byte) (any, error)
	}{
		"path":          {Path{Path: long}.Append(nil), any1(DecodePath)},
		"argument":      {Exec{Argv: []string{long}}.Append(nil), any1(DecodeExec)},
		"arguments":     {Exec{Argv: make([]string, MaxStrings+1)}.Append(nil), any1(DecodeExec)},
		"environment":   {Exec{Env: make([]string, MaxStrings+1)}.Append(nil), any1(DecodeExec)},
		"long duration": {appendUint64(make([]byte, 9), 1<<63), any1(DecodeExited)},
		"truth":         {append(Put{Path: "/box/x"}.Append(nil)[:18], 2), any1(DecodePut)},
		"stop":          {append(make([]byte, 8), 99), any1(DecodeExited)},
		"endless list":  {append(make([]byte, 1), 0xff, 0xff, 0xff, 0xff), any1(DecodeExec)},
		"endless text":  {[]byte{0x7f, 0xff, 0xff, 0xff}, any1(DecodeText)},
	} {
		if m, err := c.decode(c.p); !errors.Is(err, ErrProtocol) {
			t.Errorf("%s: read %+v, error %v", name, m, err)
		}
	}
	// The longest that is allowed is.
	if _, err := DecodeExec(Exec{Argv: make([]string, MaxStrings), Dir: long[1:]}.Append(nil)); err != nil {
		t.Error(err)
	}
	s, err := DecodeText(AppendText(nil, long))
	if err != nil || s != long[1:] {
		t.Errorf("a long text came back with %d bytes, %v", len(s), err)
	}
	if e := (Exec{CPUStop: -1}); true {
		got, err := DecodeExec(e.Append(nil))
		if err != nil || got.CPUStop != 0 {
			t.Errorf("a negative duration came back as %d, %v", got.CPUStop, err)
		}
	}
}

func any1[M any](decode func([]byte) (M, error)) func([]byte) (any, error) {
	return func(p []byte) (any, error) { return decode(p) }
}

// TestStops keeps the reasons in the order that the judge numbers them in.
func TestStops(t *testing.T) {
	got := []Stop{NotStopped, StoppedForCPU, StoppedForWall, StoppedForMemory, StoppedForOutput, StoppedByRequest, StoppedForInput}
	if !reflect.DeepEqual(got, []Stop{0, 1, 2, 3, 4, 5, 6}) {
		t.Errorf("reasons are numbered %d", got)
	}
}
