package wire

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

// codec is one kind of message, as bytes to bytes.
type codec struct {
	name   string
	decode func([]byte) (interface{ Append([]byte) []byte }, error)
}

// text and count give the bare values the form of a message.
type (
	text  string
	count uint32
)

func (t text) Append(b []byte) []byte  { return AppendText(b, string(t)) }
func (c count) Append(b []byte) []byte { return AppendUint32(b, uint32(c)) }

type appender = interface{ Append([]byte) []byte }

func of[T appender](name string, decode func([]byte) (T, error)) codec {
	return codec{name, func(p []byte) (interface{ Append([]byte) []byte }, error) {
		m, err := decode(p)
		return m, err
	}}
}

var codecs = []codec{
	of("Hello", DecodeHello), of("Lease", DecodeLease), of("Put", DecodePut), of("Path", DecodePath),
	of("Exec", DecodeExec), of("Exited", DecodeExited), of("Collected", DecodeCollected), of("Input", DecodeInput),
	of("text", func(p []byte) (text, error) { s, err := DecodeText(p); return text(s), err }),
	of("number", func(p []byte) (count, error) { n, err := DecodeUint32(p); return count(n), err }),
}

// FuzzDecode feeds every decoder anything. What is accepted is the encoding of
// what was read, to the byte; what is not is a protocol violation.
func FuzzDecode(f *testing.F) {
	for _, m := range []appender{
		Hello{Version: 1, Build: "b", Helper: "zygote"}, Lease{UID: 20001}, Put{Path: "/box/a", Size: 3, Exec: true},
		Path{Path: "/work/x", Max: 9}, Exec{Mode: Fork, Argv: []string{"a", ""}, Env: []string{"A=b"}, Dir: "/work", Collect: []string{"x"}, Keep: true},
		Exited{ExitCode: -1, Signal: 9, Stopped: StoppedForWall, Dirty: "why"}, Collected{Name: "n", Content: []byte("c")}, Input{Run: 3, Data: []byte("i")}, text("why"), count(7),
	} {
		f.Add(m.Append(nil))
	}
	f.Fuzz(func(t *testing.T, p []byte) {
		for _, c := range codecs {
			m, err := c.decode(p)
			if err != nil {
				if !errors.Is(err, ErrProtocol) {
					t.Errorf("%s: %v is no protocol violation", c.name, err)
				}
				continue
			}
			if got := m.Append(nil); !bytes.Equal(got, p) {
				t.Errorf("%s: %x was read as %+v, which is %x", c.name, p, m, got)
			}
		}
	})
}

// FuzzReader reads anything as frames, by both readers, which must agree.
func FuzzReader(f *testing.F) {
	var b bytes.Buffer
	w := NewWriter(&b)
	if err := w.WriteAll(Frame{KindHello, []byte("x")}, Frame{KindDone, nil}, Frame{KindData, make([]byte, 1000)}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte{byte(KindStdin), 1, 0, 1})
	f.Add([]byte{0, 0, 0, 0})
	f.Add([]byte{byte(KindStdin), 0, 0, 1})
	f.Fuzz(func(t *testing.T, p []byte) {
		r, rest := NewReader(bytes.NewReader(p)), p
		for {
			kind, payload, err := r.Next()
			cutKind, cutPayload, cutRest, cutErr := Cut(rest)
			if err != nil {
				if err != io.EOF && !errors.Is(err, ErrProtocol) { //nolint:errorlint // Next documents the bare io.EOF
					t.Fatalf("%v is neither the end nor a protocol violation", err)
				}
				if cutErr == nil && cutKind != 0 {
					t.Fatalf("only one reader failed: %v", err)
				}
				if err == io.EOF && len(rest) > 0 { //nolint:errorlint // likewise
					t.Fatalf("a clean end with %d bytes left", len(rest))
				}
				return
			}
			if cutErr != nil || cutKind != kind || !bytes.Equal(cutPayload, payload) {
				t.Fatalf("readers differ: %s %x, and %s %x %v", kind, payload, cutKind, cutPayload, cutErr)
			}
			if len(payload) > MaxPayload {
				t.Fatalf("a payload of %d bytes", len(payload))
			}
			rest = cutRest
		}
	})
}
