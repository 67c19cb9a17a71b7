//go:build !quick

package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/sandbox/wire"
)

func fork(args ...string) wire.Exec {
	e := probe(args...)
	e.Mode = wire.Fork
	return e
}

func TestFork(t *testing.T) {
	b := ready(t, boxOptions{command: []string{"--helper", "zygote", "--", "/docket/forker"}})
	if b.hello.Helper != "zygote" {
		t.Errorf("hello %+v", b.hello)
	}
	runFork := func(args ...string) outcome {
		b.start(fork(args...), "")
		return b.end()
	}
	clean := func() {
		t.Helper()
		if o := b.run("leftovers"); o.stdout != "processes 3\n" { // runner, interpreter, probe
			t.Errorf("left: %s", o.stdout)
		}
	}
	for range 3 {
		want(t, runFork("hello"), 0, 0, wire.NotStopped, "hello\n")
	}
	want(t, runFork("exit", "7"), 7, 0, wire.NotStopped, "")
	want(t, runFork("signal", "9"), 0, 9, wire.NotStopped, "")
	if o := runFork("exit", "55"); !o.OutOfMemory || o.ExitCode != 55 {
		t.Errorf("memory error: %+v", o)
	}
	if o := runFork("burn", "100"); o.CPU < 100*time.Millisecond || o.CPU > 100*time.Millisecond+b.slack() {
		t.Errorf("burned 100 ms, charged %s", o.CPU)
	}
	if o := runFork("alloc", "100", "20"); o.Memory < 90<<20 || o.Memory > 115<<20 {
		t.Errorf("100 MiB were reported as %d KiB", o.Memory>>10)
	}
	for act, why := range map[string]wire.Stop{"spin": wire.StoppedForCPU, "sleep": wire.StoppedForWall, "floodall": wire.StoppedForOutput, "bomb": wire.StoppedForCPU} {
		e := fork(act)
		e.CPUStop = 200 * time.Millisecond
		if act == "sleep" {
			e.WallStop = time.Second
		}
		b.start(e, "")
		if o := b.end(); o.Stopped != why || o.Signal != 9 || o.Dirty != "" {
			t.Errorf("%s: %+v", act, o.Exited)
		}
		clean()
	}
	want(t, runFork("daemon"), 0, 0, wire.NotStopped, "parent\n")
	want(t, runFork("orphans"), 0, 0, wire.NotStopped, "")
	want(t, runFork("killall"), 0, 0, wire.NotStopped, "<nil> operation not permitted operation not permitted\n")
	want(t, runFork("signals"), 0, 0, wire.NotStopped, "sent 0\n")
	clean()
	e := fork("\"quoted\"\n", "\x80ü")
	e.Mode, e.Argv = wire.Check, []string{"/box/\"quoted\"\n.py", "/box/ü.py"}
	e.Env = []string{"A=b=c"}
	b.start(e, "")
	want(t, b.end(), 0, 0, wire.NotStopped, "[A=b=c] /work [/box/probe env /box/\"quoted\"\n.py /box/ü.py]\n")
	b.wipe()
}

// A box whose interpreter died is of no use any more, from the moment on that
// its connection ended: what is left of the process may take its time.
func TestForkWithoutInterpreter(t *testing.T) {
	for name, act := range map[string][]string{
		"it dies with its child":         {"exit", "77"},
		"it hangs up and is slow to die": {"exit", "78"},
	} {
		t.Run(name, func(t *testing.T) {
			b := ready(t, boxOptions{command: []string{"--helper", "zygote", "--", "/docket/forker"}})
			b.start(fork(act...), "")
			if o := b.end(); !strings.Contains(o.fail, "interpreter died") {
				t.Errorf("the interpreter died: %+v", o)
			}
			b.start(fork("hello"), "")
			if o := b.end(); o.fail == "" {
				t.Errorf("forked without an interpreter: %+v", o)
			}
			b.send(wire.KindWipe, nil)
			if b.answer() == "" {
				t.Error("a box whose interpreter is gone is as before")
			}
		})
	}
}

// ask sends a request in frames of n bytes and returns the answer, or why
// there is none.
func (b *boxed) ask(patience time.Duration, request []byte, n int) ([]byte, string) {
	b.t.Helper()
	b.send(wire.KindAsk, wire.AppendUint32(nil, uint32(patience.Milliseconds())))
	body := append(binary.BigEndian.AppendUint32(nil, uint32(len(request))), request...)
	for len(body) > 0 {
		m := min(n, len(body))
		b.send(wire.KindData, body[:m])
		body = body[m:]
	}
	b.send(wire.KindEnd, nil)
	var got []byte
	for {
		kind, p := b.expect(wire.KindData, wire.KindDone, wire.KindFail)
		switch kind {
		case wire.KindData:
			got = append(got, p...)
		case wire.KindDone:
			return got, ""
		default:
			reason, err := wire.DecodeText(p)
			if err != nil {
				b.t.Fatal(err)
			}
			return got, reason
		}
	}
}

// gone waits until the box has no process of that name.
func (b *boxed) gone(name string) {
	b.t.Helper()
	for {
		top, err := built.docker.ContainerTop(context.Background(), b.id, []string{"-o", "pid,comm,stat"})
		if err != nil {
			b.t.Fatal(err)
		}
		found := false
		for _, p := range top.Processes {
			found = found || p[1] == name && p[2][0] != 'Z'
		}
		if !found {
			return
		}
	}
}

func answerOf(status byte, parts ...string) []byte {
	b := []byte{status}
	for _, p := range parts {
		b = binary.BigEndian.AppendUint32(b, uint32(len(p)))
		b = append(b, p...)
	}
	return b
}

func TestAsk(t *testing.T) {
	b := ready(t, boxOptions{command: []string{"--helper", "compiler", "--helper-uid", "900", "--", "/docket/server"}})
	if b.hello.Helper != "compiler" {
		t.Errorf("hello %+v", b.hello)
	}
	if got, reason := b.ask(time.Minute, []byte("i"), 100); !bytes.Equal(got, answerOf(1, "", "900", "")) {
		t.Errorf("got %q, %s", got, reason)
	}
	large := strings.Repeat("jar", 1<<20)
	for i, text := range []string{"", "small", large} {
		got, reason := b.ask(time.Minute, []byte("e"+text), 50000)
		if want := answerOf(0, "Main", fmt.Sprint("request ", i+1), text); !bytes.Equal(got, want) {
			t.Errorf("got %d bytes, %s, want %d", len(got), reason, len(want))
		}
	}
	for req, prefix := range map[string]string{
		"d": wire.CompilerDied, "p": wire.CompilerDied, "l": wire.CompilerDied, "x": wire.CompilerDied,
		"h" + large: wire.CompilerTimedOut,
	} {
		patience := time.Minute
		if prefix == wire.CompilerTimedOut {
			patience = time.Second
		}
		if _, reason := b.ask(patience, []byte(req), 60000); !strings.HasPrefix(reason, prefix) {
			t.Errorf("%.1s: %q, want %q", req, reason, prefix)
		}
		// The one that took its place has answered nothing yet.
		if got, reason := b.ask(time.Minute, []byte("eagain"), 10); !bytes.Equal(got, answerOf(0, "Main", "request 0", "again")) {
			t.Errorf("after %.1s: got %q, %s", req, got, reason)
		}
	}
	// A program runs beside an idle server.
	want(t, b.run("hello"), 0, 0, wire.NotStopped, "hello\n")
	if o := b.run("killall"); o.stdout != "<nil> operation not permitted operation not permitted\n" {
		t.Errorf("killed %s", o.stdout)
	}
	want(t, b.run("daemon"), 0, 0, wire.NotStopped, "parent\n")
	if _, reason := b.ask(time.Minute, []byte("q"), 10); reason != "" {
		t.Error(reason)
	}
	b.gone("server")
	if got, reason := b.ask(time.Minute, []byte("e2"), 10); reason != "" {
		t.Errorf("got %q, %s", got, reason)
	}
	b.wipe()
	b.lease(20009)
	if _, reason := b.ask(time.Minute, []byte("e3"), 10); reason != "" {
		t.Error(reason)
	}
	b.wipe()
}
