//go:build !quick

package main

import (
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/sandbox/wire"
)

// after checks that nothing of the last run is left.
func (b *boxed) after(what string) {
	b.t.Helper()
	o := b.run("leftovers")
	if o.stdout != "processes 2\n" {
		b.t.Errorf("after %s there are left: %s%+v", what, o.stdout, o.Exited)
	}
}

// slack is how much more than what it measures itself a program may use, for
// its start and its end: ten times what one takes that does nothing else, on
// this host and now, within bounds that a wrong account passes.
func (b *boxed) slack() time.Duration {
	b.t.Helper()
	return min(max(100*time.Millisecond, 10*b.run("hello").CPU), 500*time.Millisecond)
}

func TestForkBomb(t *testing.T) {
	b := ready(t, boxOptions{pids: 100})
	e := probe("bomb")
	e.CPUStop = 500 * time.Millisecond
	b.stoppedInTime(e, time.Second)
	b.after("a fork bomb")
	b.wipe()
}

func TestDaemons(t *testing.T) {
	b := ready(t, boxOptions{pids: 100})
	// One that keeps the standard output open, and two that go on working.
	o := b.run("daemon")
	want(t, o, 0, 0, wire.NotStopped, "parent\n")
	b.after("a daemon")
	o = b.run("orphans")
	want(t, o, 0, 0, wire.NotStopped, "")
	if o.CPU < 30*time.Millisecond {
		t.Errorf("used %s of CPU", o.CPU)
	}
	b.after("orphans")
	b.wipe()
}

func TestUnwaitedChildrenAreCharged(t *testing.T) {
	b := ready(t, boxOptions{})
	most := 150*time.Millisecond + b.slack()
	o := b.run("ignored")
	want(t, o, 0, 0, wire.NotStopped, "waited for 0\n")
	if o.CPU < 150*time.Millisecond || o.CPU > most {
		t.Errorf("a child burned 150 ms, charged %s", o.CPU)
	}
	o = b.run("burn", "150") // control: the same without a child
	if o.CPU < 150*time.Millisecond || o.CPU > most {
		t.Errorf("burned 150 ms, charged %s", o.CPU)
	}
	b.wipe()
}

func TestLitter(t *testing.T) {
	b := ready(t, boxOptions{})
	for _, args := range [][]string{{"litter"}, {"wide"}, {"deep", "5000"}, {"many", "100000"}} {
		o := b.run(args...)
		want(t, o, 0, 0, wire.NotStopped, "")
		b.after(args[0])
	}
	// Control: what one run leaves is seen by the next when it is kept.
	e := probe("litter")
	e.Keep = true
	b.start(e, "")
	want(t, b.end(), 0, 0, wire.NotStopped, "")
	if o := b.run("leftovers"); !strings.Contains(o.stdout, "/work 2\n/tmp 2\n/dev/shm 2\n") {
		t.Errorf("of a run that was kept there is left %q", o.stdout)
	}
	b.after("a run that was kept")
	b.wipe()
}

// Files that were removed while they were on their way over sockets that hold
// each other are gone only when the kernel has collected the sockets.
func TestSocketsThatHoldEachOther(t *testing.T) {
	b := ready(t, boxOptions{})
	for range 20 {
		want(t, b.run("cycle", "100"), 0, 0, wire.NotStopped, "")
	}
	b.after("sockets that hold each other")
	b.wipe()
}

func TestKeepAndGet(t *testing.T) {
	b := ready(t, boxOptions{})
	e := probe("keep", "content")
	e.Keep = true
	b.start(e, "")
	want(t, b.end(), 0, 0, wire.NotStopped, "")
	get := func(path string, bound uint64) (string, string) {
		b.send(wire.KindGet, wire.Path{Path: path, Max: bound}.Append(nil))
		var content []byte
		for {
			kind, p := b.expect(wire.KindData, wire.KindDone, wire.KindFail)
			switch kind {
			case wire.KindData:
				content = append(content, p...)
			case wire.KindDone:
				return string(content), ""
			default:
				reason, err := wire.DecodeText(p)
				if err != nil {
					t.Fatal(err)
				}
				return "", reason
			}
		}
	}
	for _, path := range []string{"/work/kept", "kept"} {
		if s, reason := get(path, 7); s != "content" || reason != "" {
			t.Errorf("got %q, %q", s, reason)
		}
	}
	for path, bound := range map[string]uint64{"/work/kept": 6, "/work/absent": 100, "/box/probe": 1 << 30, "/work/../box/probe": 1 << 30, "/work": 100} {
		if _, reason := get(path, bound); reason == "" {
			t.Errorf("got %s within %d bytes", path, bound)
		}
	}
	want(t, b.run("readback"), 0, 0, wire.NotStopped, "content")
	b.after("a file that was kept")

	e = probe("flood", "200000")
	e.Argv = []string{"/box/probe", "collect"}
	e.Keep = true
	e.Collect = []string{"plain", "sub/dir/nested", "large", "link", "dirlink/dir/nested", "fifo", "directory", "locked", "absent"}
	b.start(e, "")
	o := b.end()
	want(t, o, 0, 0, wire.NotStopped, "")
	if len(o.collected) != 3 || o.collected["plain"] != "plain" || o.collected["sub/dir/nested"] != "nested" || len(o.collected["large"]) != wire.MaxCollected {
		names := []string{}
		for n := range o.collected {
			names = append(names, n)
		}
		t.Errorf("collected %q", names)
	}
	if s, reason := get("large", 1<<20); len(s) != 1<<20 || reason != "" {
		t.Errorf("got %d bytes, %q", len(s), reason)
	}
	for _, path := range []string{"link", "dirlink/dir/nested", "fifo", "directory", "locked"} {
		if _, reason := get(path, 1<<20); reason == "" {
			t.Errorf("got %s", path)
		}
	}
	b.wipe()
	b.lease(20003)
	b.putProbe()
	b.after("a lease")
	b.wipe()
}

func TestPut(t *testing.T) {
	b := open(t, boxOptions{})
	b.lease(20001)
	for _, path := range []string{"/tmp/x", "/box", "/box/../tmp/x", "/box//x", "box/x", "/boxes/x", "/box/x\x00y", ""} {
		b.sendPut(path, make([]byte, 100<<10), false)
		if b.answer() == "" {
			t.Errorf("put %q", path)
		}
	}
	b.sendPut("/box/huge", make([]byte, 65<<20), false) // the file system holds 64 MiB
	if b.answer() == "" {
		t.Error("put more than there is room for")
	}
	b.sendPut("/box/a/b/empty", nil, false)
	b.ok("putting an empty file")
	b.sendPut("/box/probe", []byte("replaced below"), true)
	b.ok("put")
	b.putProbe()
	want(t, b.run("hello"), 0, 0, wire.NotStopped, "hello\n")
	for path, fine := range map[string]bool{"/box/a": true, "/box/probe": true, "/box/absent": true, "/box": false, "/work/x": false} {
		b.send(wire.KindRemove, wire.Path{Path: path}.Append(nil))
		if reason := b.answer(); (reason == "") != fine {
			t.Errorf("removing %s: %q", path, reason)
		}
	}
	b.wipe()
}

func TestLease(t *testing.T) {
	b := open(t, boxOptions{})
	for _, uid := range []uint32{0, 1, 999, 1<<32 - 1} {
		b.send(wire.KindLease, wire.Lease{UID: uid}.Append(nil))
		if b.answer() == "" {
			t.Errorf("leased as %d", uid)
		}
	}
	b.lease(20001)
	b.send(wire.KindLease, wire.Lease{UID: 20002}.Append(nil))
	if b.answer() == "" {
		t.Error("leased twice")
	}
	b.wipe()
	for uid := uint32(20002); uid < 20005; uid++ {
		b.lease(uid)
		b.putProbe()
		want(t, b.run("hello"), 0, 0, wire.NotStopped, "hello\n")
		b.wipe()
	}
}

// TestGarbage sends what no worker sends; the runner ends with a word about it.
func TestGarbage(t *testing.T) {
	exec := probe("sleep").Append(nil)
	for name, frames := range map[string][]wire.Frame{
		"kind for the other side": {{Kind: wire.KindExited}},
		"exec without lease":      {{Kind: wire.KindExec, Payload: exec}},
		"broken lease":            {{Kind: wire.KindLease, Payload: []byte{1}}},
		"end out of nowhere":      {{Kind: wire.KindLease, Payload: wire.Lease{UID: 20001}.Append(nil)}, {Kind: wire.KindEnd}},
		"long file": {{Kind: wire.KindLease, Payload: wire.Lease{UID: 20001}.Append(nil)},
			{Kind: wire.KindPut, Payload: wire.Put{Path: "/box/x", Size: 1}.Append(nil)}, {Kind: wire.KindData, Payload: []byte("xx")}},
		"no file": {{Kind: wire.KindLease, Payload: wire.Lease{UID: 20001}.Append(nil)},
			{Kind: wire.KindPut, Payload: wire.Put{Path: "/box/x", Size: 1}.Append(nil)}, {Kind: wire.KindWipe}},
		"unknown kind": {{Kind: 255}},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, boxOptions{})
			if err := b.in.WriteAll(frames...); err != nil {
				t.Fatal(err)
			}
			for {
				kind, _, err := b.next()
				if err != nil {
					break
				}
				if kind != wire.KindDone {
					t.Fatalf("answered with %s", kind)
				}
			}
			if !strings.Contains(b.stderr.String(), "protocol violation") {
				t.Errorf("standard error says %q", b.stderr)
			}
		})
	}
	t.Run("input beyond the window", func(t *testing.T) {
		b := ready(t, boxOptions{})
		b.send(wire.KindExec, probe("sleep").Append(nil))
		for range 20 {
			_ = b.in.Write(wire.KindStdin, inputOf(make([]byte, wire.MaxInput))) // may fail half-way
		}
		for {
			kind, _, err := b.next()
			if err != nil {
				break
			}
			if kind != wire.KindCredit {
				t.Fatalf("answered with %s", kind)
			}
		}
		if !strings.Contains(b.stderr.String(), "window") {
			t.Errorf("standard error says %q", b.stderr)
		}
	})
}
