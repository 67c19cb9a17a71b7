package wire

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
)

func TestFrames(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b)
	sizes := []int{0, 1, 3, MaxPayload, 40000, 0, MaxPayload}
	for i, n := range sizes {
		if err := w.Write(KindData, bytes.Repeat([]byte{byte(i)}, n)); err != nil {
			t.Fatal(err)
		}
	}
	for name, r := range map[string]io.Reader{"whole": bytes.NewReader(b.Bytes()), "trickle": iotest.HalfReader(bytes.NewReader(b.Bytes()))} {
		frames := NewReader(r)
		for i, n := range sizes {
			kind, p, err := frames.Next()
			if err != nil || kind != KindData || len(p) != n || n > 0 && (p[0] != byte(i) || p[n-1] != byte(i)) {
				t.Fatalf("%s: frame %d of %d bytes: %s, %d bytes, %v", name, i, n, kind, len(p), err)
			}
		}
		if _, _, err := frames.Next(); err != io.EOF { //nolint:errorlint // documented to be bare
			t.Errorf("%s: the end is %v", name, err)
		}
	}
}

func TestBrokenFrames(t *testing.T) {
	for name, p := range map[string][]byte{
		"unknown kind":   {200, 0, 0, 0},
		"zero kind":      {0, 0, 0, 0},
		"too long":       {byte(KindData), 1, 0, 1},
		"header cut off": {byte(KindData), 0},
		"cut off":        {byte(KindData), 0, 0, 2, 'x'},
		"empty cut off":  {byte(KindData), 0, 0, 2},
	} {
		if kind, got, err := NewReader(bytes.NewReader(p)).Next(); !errors.Is(err, ErrProtocol) {
			t.Errorf("%s: read %s %q, error %v", name, kind, got, err)
		}
	}
	broken := errors.New("broken")
	if _, _, err := NewReader(iotest.ErrReader(broken)).Next(); !errors.Is(err, broken) {
		t.Errorf("a broken connection is reported as %v", err)
	}
}

func TestWriterBounds(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b)
	if err := w.Write(KindData, make([]byte, MaxPayload+1)); err == nil {
		t.Error("wrote too long a frame")
	}
	if err := w.WriteAll(Frame{KindDone, nil}, Frame{KindData, make([]byte, MaxPayload+1)}); err == nil {
		t.Error("wrote too long a frame among others")
	}
	if b.Len() != 0 {
		t.Errorf("%d bytes of refused frames went out", b.Len())
	}
	if err := w.Write(KindData, make([]byte, MaxPayload)); err != nil {
		t.Error(err)
	}
}

// broken fails every write and counts them.
type broken struct{ writes int }

func (b *broken) Write([]byte) (int, error) {
	b.writes++
	return 0, errors.New("gone")
}

func TestWriterStaysBroken(t *testing.T) {
	var b broken
	w := NewWriter(&b)
	first := w.Write(KindDone, nil)
	second := w.WriteAll(Frame{KindDone, nil})
	if first == nil || !errors.Is(second, first) || b.writes != 1 {
		t.Errorf("%v, then %v after %d writes", first, second, b.writes)
	}
}

func TestWriterIsConcurrent(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b)
	const writers, each = 8, 100
	var group sync.WaitGroup
	for i := range writers {
		group.Go(func() {
			for range each {
				if err := w.WriteAll(Frame{KindStdout, bytes.Repeat([]byte{byte(i)}, 100)}, Frame{KindStderr, []byte{byte(i)}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	r := NewReader(&b)
	for range writers * each {
		kind, p, err := r.Next()
		if err != nil || kind != KindStdout || len(p) != 100 {
			t.Fatalf("%s of %d bytes, %v", kind, len(p), err)
		}
		of := p[0]
		if kind, p, err = r.Next(); err != nil || kind != KindStderr || p[0] != of {
			t.Fatalf("after a frame of writer %d: %s %v, %v", of, kind, p, err)
		}
	}
}

func TestKindsHaveNames(t *testing.T) {
	for k := range kindNames {
		if strings.HasPrefix(k.String(), "Kind(") {
			t.Errorf("%d has no name", k)
		}
	}
	if Kind(250).String() != "Kind(250)" {
		t.Errorf("an unknown kind is called %s", Kind(250))
	}
}
