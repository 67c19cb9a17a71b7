//go:build !quick

package main

import (
	"bytes"
	"syscall"
	"testing"

	"pgregory.net/rapid"

	"github.com/docketjudge/docket/sandbox/wire"
)

// FuzzAnswer splits anything in two; where it is split changes nothing.
func FuzzAnswer(f *testing.F) {
	f.Add(answerOf(0, "Main", "", "jar"), 3)
	f.Add(answerOf(1, "", "error", ""), 0)
	f.Add([]byte{0, 0x7f, 0xff, 0xff, 0xff}, 2)
	f.Add(append(answerOf(0, "", "", ""), 'x'), 1)
	f.Fuzz(func(t *testing.T, p []byte, at int) {
		if at < 0 || at > len(p) {
			return
		}
		var whole, split answer
		err := whole.follow(p)
		errSplit := split.follow(p[:at])
		if errSplit == nil {
			errSplit = split.follow(p[at:])
		}
		if (err == nil) != (errSplit == nil) || err == nil && whole != split {
			t.Fatalf("%x in one piece: %+v, %v; split at %d: %+v, %v", p, whole, err, at, split, errSplit)
		}
		if err == nil && whole.complete() && len(p) < 13 {
			t.Fatalf("%x is a whole answer", p)
		}
	})
}

// TestFeed streams through a pipe that is read in its own time: the program
// gets every byte in order, and the worker never has more than a window out.
func TestFeed(t *testing.T) {
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(epoll)
	rapid.Check(t, func(t *rapid.T) {
		var pipe [2]int
		if err := syscall.Pipe2(pipe[:], syscall.O_CLOEXEC|syscall.O_NONBLOCK); err != nil {
			t.Fatal(err)
		}
		defer syscall.Close(pipe[0])
		f := feed{to: watch{epoll: epoll, fd: pipe[1]}}
		defer f.close()
		out := newOutput(-1)
		window, sent := wire.Window, 0
		var got []byte
		take := func(n int) {
			b := make([]byte, n)
			m, _ := read(pipe[0], b)
			got = append(got, b[:m]...)
		}
		credits := func() {
			for b := out.buf; len(b) > 0; {
				kind, p, rest, err := wire.Cut(b)
				n, decoding := wire.DecodeUint32(p)
				if err != nil || decoding != nil || kind != wire.KindCredit {
					t.Fatalf("sent %s %x: %v, %v", kind, p, err, decoding)
				}
				window += int(n)
				b = rest
			}
			out.buf = out.buf[:0]
		}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "send") {
				n := min(rapid.IntRange(0, wire.MaxPayload).Draw(t, "bytes"), window)
				p := make([]byte, n)
				for i := range p {
					p[i] = byte((sent + i) % 251)
				}
				if err := f.take(p, &out); err != nil {
					t.Fatal(err)
				}
				window -= n
				sent += n
			} else {
				take(rapid.IntRange(0, 100000).Draw(t, "read"))
				f.push(&out)
			}
			if err := f.rearm(); err != nil {
				t.Fatal(err)
			}
			credits()
			if window < 0 || window > wire.Window {
				t.Fatalf("a window of %d", window)
			}
		}
		f.ended = true
		for f.closeIfDone(); f.to.fd >= 0; f.push(&out) {
			take(1 << 16)
		}
		for n := -1; n != len(got); {
			n = len(got)
			take(1 << 20)
		}
		want := make([]byte, sent)
		for i := range want {
			want[i] = byte(i % 251)
		}
		if !bytes.Equal(got, want) {
			t.Fatalf("%d bytes came of %d", len(got), sent)
		}
		if err := f.take([]byte("x"), &out); err == nil {
			t.Fatal("took input after its end")
		}
	})
}

// TestClogged clogs a connection: frames wait, none is lost or torn.
func TestClogged(t *testing.T) {
	var pipe [2]int
	if err := syscall.Pipe2(pipe[:], syscall.O_CLOEXEC|syscall.O_NONBLOCK); err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(pipe[0])
	defer syscall.Close(pipe[1])
	out := newOutput(pipe[1])
	frames := 0
	for !out.waiting() {
		out.frame(wire.KindStdout, bytes.Repeat([]byte{byte(frames)}, 50000))
		if frames++; out.flush() != nil {
			t.Fatal("flush failed")
		}
	}
	out.begin(wire.KindStderr)
	out.cancel()
	out.frame(wire.KindDone, nil)
	in := newInput(pipe[0])
	for seen := 0; ; {
		kind, p, err := in.next()
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case kind == wire.KindDone && seen == frames:
			return
		case kind == wire.KindStdout && len(p) == 50000 && p[0] == byte(seen) && p[49999] == byte(seen):
			seen++
		case kind != 0:
			t.Fatalf("frame %d is %s of %d bytes", seen, kind, len(p))
		default:
			if more, err := in.fill(); err != nil || !more {
				t.Fatal(more, err)
			}
			if err := out.flush(); err != nil {
				t.Fatal(err)
			}
		}
	}
}
