package sandbox

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/wire"
)

// muxed writes chunks as the engine multiplexes a container's streams.
func muxed(chunks ...string) []byte {
	var b []byte
	for _, c := range chunks {
		stream, text := c[0]-'0', c[1:]
		b = append(b, stream, 0, 0, 0)
		b = binary.BigEndian.AppendUint32(b, uint32(len(text)))
		b = append(b, text...)
	}
	return b
}

func TestDemuxPartsTheStreams(t *testing.T) {
	for size := 1; size < 9; size++ {
		side := &tail{}
		d := &demux{r: bytes.NewReader(muxed("1hello ", "2oops", "1", "1wor", "2!", "1ld")), stderr: side}
		var got strings.Builder
		buf := make([]byte, size)
		for {
			n, err := d.Read(buf)
			got.Write(buf[:n])
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if got.String() != "hello world" || side.String() != "oops!" {
			t.Errorf("buffer of %d: got %q and %q", size, got.String(), side.String())
		}
	}
}

func TestTailKeepsTheEnd(t *testing.T) {
	side := &tail{}
	for range 100 {
		_, _ = side.Write(bytes.Repeat([]byte("x"), 100))
	}
	_, _ = side.Write([]byte("the end"))
	if s := side.String(); len(s) != tailSize || !strings.HasSuffix(s, "xthe end") {
		t.Errorf("kept %d bytes, ending in %q", len(s), s[max(0, len(s)-10):])
	}
}

// A box whose other side sends garbage is given up, and the worker neither
// panics nor blocks nor believes it.
func TestBoxDistrustsItsRunner(t *testing.T) {
	frame := func(k wire.Kind, p []byte) []byte {
		var b bytes.Buffer
		if err := wire.NewWriter(&b).Write(k, p); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	e := wire.Exec{OutputStop: 10, StderrCap: 10, WallStop: time.Second, Collect: []string{"a"}}
	for name, sent := range map[string][]byte{
		"nothing":                   nil,
		"a cut frame":               {byte(wire.KindStdout), 0, 0, 9, 'x'},
		"an unknown kind":           {200, 0, 0, 0},
		"a huge length":             {byte(wire.KindStdout), 0xff, 0xff, 0xff},
		"more output than allowed":  frame(wire.KindStdout, bytes.Repeat([]byte("x"), 11)),
		"more stderr than allowed":  frame(wire.KindStderr, bytes.Repeat([]byte("x"), 11)),
		"absurd credit":             frame(wire.KindCredit, wire.AppendUint32(nil, 1<<31)),
		"a malformed end":           frame(wire.KindExited, []byte("short")),
		"an answer to no question":  frame(wire.KindDone, nil),
		"a file that nobody wanted": append(frame(wire.KindCollected, wire.Collected{Name: "a"}.Append(nil)), frame(wire.KindCollected, wire.Collected{Name: "b"}.Append(nil))...),
		"an impossible stop reason": frame(wire.KindExited, append(make([]byte, 8), append([]byte{99}, make([]byte, 30)...)...)),
	} {
		t.Run(name, func(t *testing.T) {
			b, peer := boxOnPipe(t)
			go func() {
				_, _ = peer.Write(muxed("1" + string(sent)))
				_ = peer.Close()
			}()
			go io.Copy(io.Discard, peer) //nolint:errcheck // ends with the pipe
			if _, err := b.exec(t.Context(), e, nil, nil); err == nil {
				t.Fatal("the garbage was taken for a result")
			}
			if b.gone == nil {
				t.Error("the box is still trusted")
			}
		})
	}
}

// Input that was on its way when its run ended cannot be taken for that of the
// next: each frame says which run it is of.
func TestInputBearsTheNumberOfItsRun(t *testing.T) {
	b, peer := boxOnPipe(t)
	type seen struct {
		run   uint32
		input string
		ended bool
	}
	runs := make(chan seen, 2)
	go func() {
		r := wire.NewReader(peer)
		var now seen
		for {
			kind, p, err := r.Next()
			if err != nil {
				return
			}
			in, _ := wire.DecodeInput(p)
			switch {
			case kind == wire.KindExec:
				now = seen{run: in.Run} // it begins with its number too
			case kind == wire.KindStdin && in.Run == now.run:
				now.input += string(in.Data)
			case kind == wire.KindStdinEnd && in.Run == now.run:
				now.ended = true
				var end bytes.Buffer
				_ = wire.NewWriter(&end).Write(wire.KindExited, wire.Exited{}.Append(nil)) // to memory
				runs <- now
				_, _ = peer.Write(muxed("1" + end.String()))
			}
		}
	}()
	e := wire.Exec{OutputStop: 10, StderrCap: 10, WallStop: time.Minute}
	var numbers []uint32
	for _, stdin := range []io.Reader{strings.NewReader("at hand"), io.MultiReader(strings.NewReader("at hand"))} {
		if _, err := b.exec(t.Context(), e, stdin, nil); err != nil {
			t.Fatal(err)
		}
		got := <-runs
		if got.input != "at hand" || !got.ended {
			t.Errorf("under its number there came %+v", got)
		}
		numbers = append(numbers, got.run)
	}
	if numbers[0] == numbers[1] {
		t.Errorf("two runs have the number %d", numbers[0])
	}
}

// boxOnPipe is a box whose runner is the test.
func boxOnPipe(t *testing.T) (*box, net.Conn) {
	t.Helper()
	ours, theirs := net.Pipe()
	t.Cleanup(func() { _ = ours.Close(); _ = theirs.Close() })
	d := &Docker{died: func(string) bool { return false }}
	b := &box{id: "0123456789abcdef", role: goRun, docker: d}
	b.connect(ours, bufio.NewReader(ours))
	return b, theirs
}

func TestArtifactCacheForgetsTheOldest(t *testing.T) {
	c := newArtifacts(3000)
	put := func(key string) { c.put(judge.Artifact{Key: key, Data: make([]byte, 600)}) }
	put("a")
	put("b")
	if _, ok := c.get("a"); !ok {
		t.Fatal("a is gone")
	}
	put("c")
	for key, want := range map[string]bool{"a": true, "b": false, "c": true} {
		if _, ok := c.get(key); ok != want {
			t.Errorf("%s: found %v, want %v", key, ok, want)
		}
	}
	c.put(judge.Artifact{Key: "huge", Data: make([]byte, 4000)})
	if _, ok := c.get("huge"); ok || c.size > c.limit {
		t.Errorf("an artifact over the limit was kept; size %d", c.size)
	}
}

func TestGoWordsShowTheUsersOwnNames(t *testing.T) {
	in := "/box/src/main.go:3:5: undefined: x\n./b.go:1:1: syntax error\n/docket/go/bin/link: function main is undeclared in the main package\n"
	want := "main.go:3:5: undefined: x\nb.go:1:1: syntax error\nfunction main is undeclared in the main package"
	if got := goWords(in); got != want {
		t.Errorf("got %q", got)
	}
}

func TestGoWordsExplainImports(t *testing.T) {
	in := "main.go:3:8: could not import github.com/x/y (open : no such file or directory)\nmain.go:9:1: undefined: z\n"
	want := "main.go:3:8: package github.com/x/y cannot be imported: only the public packages of the standard library can be\nmain.go:9:1: undefined: z"
	if got := goWords(in); got != want {
		t.Errorf("got %q", got)
	}
}

func FuzzJavaAnswer(f *testing.F) {
	ok := append([]byte{0}, appendBlob(appendBlob(appendBlob(nil, "Main"), ""), "jar")...)
	f.Add(ok)
	f.Add([]byte{1, 0, 0, 0, 0, 0, 0, 0, 1, 'x', 0, 0, 0, 0})
	f.Add([]byte{0, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, p []byte) {
		b, err := javaAnswer(p, judge.Source{})
		if err == nil && len(b.Artifact.Data)+len(b.Artifact.Entry) > len(p) {
			t.Fatal("more came out than went in")
		}
	})
}
