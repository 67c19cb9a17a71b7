//go:build !quick

package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/sandbox/wire"
)

// want fails the test unless the run ended as it should in a clean box.
func want(t testing.TB, o outcome, code, signal int32, stop wire.Stop, stdout string) {
	t.Helper()
	if o.fail != "" || o.ExitCode != code || o.Signal != signal || o.Stopped != stop || o.stdout != stdout || o.Dirty != "" {
		t.Errorf("got %.300q, %.300q and %+v %s,\nwant exit code %d, signal %d, stop %d, output %.300q", o.stdout, o.stderr, o.Exited, o.fail, code, signal, stop, stdout)
	}
}

func TestExit(t *testing.T) {
	b := ready(t, boxOptions{})
	if b.hello.Build != "under-test" || b.hello.Version != wire.Version || b.hello.Helper != "" {
		t.Errorf("hello %+v", b.hello)
	}
	o := b.run("hello")
	want(t, o, 0, 0, wire.NotStopped, "hello\n")
	if o.CPU <= 0 || o.Wall <= 0 || o.Memory == 0 || o.Memory > 16<<20 {
		t.Errorf("measured %+v", o.Exited)
	}
	want(t, b.run("exit", "7"), 7, 0, wire.NotStopped, "")
	want(t, b.run("exit", "137"), 137, 0, wire.NotStopped, "")
	want(t, b.run("signal", "9"), 0, 9, wire.NotStopped, "")
	want(t, b.run("signal", "15"), 0, 15, wire.NotStopped, "")
	b.wipe()
}

// identity is what act id prints in a clean box.
const identity = `20001 20001 20001 20001
[] <nil>
Umask:	0022
SigBlk:	0000000000000000
SigIgn:	0000000000000000
CapInh:	0000000000000000
CapPrm:	0000000000000000
CapEff:	0000000000000000
CapAmb:	0000000000000000
NoNewPrivs:	1
oom 1000
session true
`

// An engine that ignores or blocks signals hands that down to the runner,
// which must not hand it down to programs.
func TestInheritedSignals(t *testing.T) {
	b := ready(t, boxOptions{through: []string{"/docket/probe", "deaf-exec"}})
	want(t, b.run("id"), 0, 0, wire.NotStopped, identity)
	b.wipe()
}

func TestIdentity(t *testing.T) {
	b := ready(t, boxOptions{})
	want(t, b.run("id"), 0, 0, wire.NotStopped, identity)
	want(t, b.run("env"), 0, 0, wire.NotStopped, "[HOME=/work GOMAXPROCS=1] /work [/box/probe env]\n")
	// The Go runtime opens two files of its own; nothing else is open.
	for line := range strings.Lines(b.run("fds").stdout) {
		if !strings.Contains(line, "/sys/fs/cgroup/") && line != "looked\n" {
			t.Errorf("inherited: %s", line)
		}
	}
	want(t, b.run("secrets"), 0, 0, wire.NotStopped, "tried\n")
	want(t, b.run("overwrite"), 0, 0, wire.NotStopped, "tried\n")
	want(t, b.run("signals"), 0, 0, wire.NotStopped, "sent 0\n")
	want(t, b.run("killall"), 0, 0, wire.NotStopped, "no such process operation not permitted operation not permitted\n")
	b.start(probe("streams"), "by name")
	want(t, b.end(), 0, 0, wire.NotStopped, "by name")
	b.wipe()

	// The next lease is somebody else.
	b.lease(20002)
	b.putProbe()
	if o := b.run("id"); !strings.HasPrefix(o.stdout, "20002 20002 20002 20002\n") {
		t.Errorf("second lease runs as %q", o.stdout)
	}
	b.wipe()
}

func TestOutput(t *testing.T) {
	b := ready(t, boxOptions{})
	const bound = 1 << 20 // of probe
	o := b.run("flood", "1048576")
	if want(t, outcome{Exited: o.Exited}, 0, 0, wire.NotStopped, ""); len(o.stdout) != bound {
		t.Errorf("exactly the bound: got %d bytes", len(o.stdout))
	}
	for _, args := range [][]string{{"flood", "1048577"}, {"floodall"}} {
		o = b.run(args...)
		if o.Stopped != wire.StoppedForOutput || len(o.stdout) != bound || o.Dirty != "" {
			t.Errorf("%v: got %d bytes and %+v", args, len(o.stdout), o.Exited)
		}
	}
	if !strings.HasPrefix(o.stdout, "0123456789abcde\n012") || !strings.HasSuffix(o.stdout, "cde\n") {
		t.Error("output was changed on its way")
	}
	o = b.run("errflood", "10000000")
	want(t, o, 0, 0, wire.NotStopped, "done\n")
	if len(o.stderr) != 64<<10 || !o.StderrCut {
		t.Errorf("got %d bytes of standard error, cut: %v", len(o.stderr), o.StderrCut)
	}
	o = b.run("errflood", "65536")
	if len(o.stderr) != 64<<10 || o.StderrCut {
		t.Errorf("exactly the bound: got %d bytes of standard error, cut: %v", len(o.stderr), o.StderrCut)
	}
	want(t, b.run("shut"), 0, 0, wire.NotStopped, "")
	b.wipe()
}

func TestLimits(t *testing.T) {
	b := ready(t, boxOptions{})
	spin := probe("spin")
	spin.CPUStop = 100 * time.Millisecond
	b.stoppedInTime(spin, 130*time.Millisecond)
	for _, act := range []string{"sleep", "stop"} {
		e := probe(act)
		e.WallStop = 500 * time.Millisecond
		b.start(e, "")
		o := b.end()
		want(t, o, 0, 9, wire.StoppedForWall, "")
		if o.Wall < 500*time.Millisecond {
			t.Errorf("stopped at 500 ms, ran for %s", o.Wall)
		}
	}
	little := func(args ...string) outcome {
		e := probe(args...)
		e.MemoryStop = 64 << 20
		b.start(e, "")
		return b.end()
	}
	o := little("alloc", "200", "10000")
	want(t, o, 0, 9, wire.StoppedForMemory, "")
	if o.Memory <= 64<<20 {
		t.Errorf("stopped for memory at %d bytes", o.Memory)
	}
	o = little("shm", "50") // control: below the bound, with what the program itself takes
	want(t, o, 0, 0, wire.NotStopped, "")
	if o.Memory < 50<<20 {
		t.Errorf("50 MiB of shared memory were reported as %d", o.Memory)
	}
	b.wipe()
}

// stoppedInTime runs what uses processor time without end, and wants it to be
// stopped no earlier than it may be and, once in ten runs at least, no later
// than by the given time. On a busy host the runner itself may wait for the
// processor, and then the program uses more; a runner that looks too seldom is
// late every time.
func (b *boxed) stoppedInTime(e wire.Exec, latest time.Duration) {
	b.t.Helper()
	var used []time.Duration
	for range 10 {
		b.start(e, "")
		o := b.end()
		want(b.t, o, 0, 9, wire.StoppedForCPU, "")
		if o.CPU < e.CPUStop {
			b.t.Errorf("to be stopped at %s of CPU, used %s", e.CPUStop, o.CPU)
		}
		if o.CPU <= latest {
			return
		}
		used = append(used, o.CPU)
	}
	b.t.Errorf("to be stopped at %s of CPU, used %s", e.CPUStop, used)
}

func TestPeak(t *testing.T) {
	b := ready(t, boxOptions{})
	for range 3 {
		// One goes as soon as it came, one stays for samples to see it.
		for _, stay := range []string{"0", "50"} {
			if o := b.run("alloc", "100", stay); o.Memory < 95<<20 || o.Memory > 115<<20 {
				t.Errorf("100 MiB for %s ms were reported as %d KiB", stay, o.Memory>>10)
			}
		}
	}
	b.wipe()
}

func TestOutOfMemory(t *testing.T) {
	b := ready(t, boxOptions{memory: 128 << 20})
	o := b.run("oomchild")
	if !o.OutOfMemory || !strings.Contains(o.stdout, "killed") {
		t.Errorf("a child died for memory: %+v", o)
	}
	if o = b.run("hello"); o.OutOfMemory {
		t.Error("the next run is blamed for it")
	}
	b.wipe()
}

func TestStdin(t *testing.T) {
	b := ready(t, boxOptions{})
	b.start(probe("count"), strings.Repeat("x", 60000))
	o := b.end()
	want(t, o, 0, 0, wire.NotStopped, "60000\n")
	if o.credit != 0 {
		t.Errorf("a short input cost credit frames for %d bytes", o.credit)
	}

	// Ten windows, as the credit allows.
	b.send(wire.KindExec, probe("count").Append(nil))
	b.feed(10*wire.Window, "2621440\n")

	// Nobody reads: the pipe and the window fill up, and Kill still works.
	b.send(wire.KindExec, probe("deaf").Append(nil))
	sent := b.fill()
	if sent < wire.Window || sent > 1<<20 {
		t.Errorf("%d bytes were taken from the worker", sent)
	}
	b.send(wire.KindKill, inputOf(nil))
	o = b.end()
	if o.Stopped != wire.StoppedByRequest || o.Signal != 9 {
		t.Errorf("killed by request: %+v", o)
	}

	// Reading is over, but the worker's stream must come to its end.
	b.send(wire.KindExec, probe("shutin").Append(nil))
	b.feed(3*wire.Window, "")
	b.send(wire.KindKill, inputOf(nil))
	if o = b.end(); o.Stopped != wire.StoppedByRequest {
		t.Errorf("killed by request: %+v", o)
	}

	// A dialogue: every answer comes before the input ends.
	b.send(wire.KindExec, probe("echo").Append(nil))
	for _, line := range []string{"one", "two"} {
		b.send(wire.KindStdin, inputOf([]byte(line+"\n")))
		if _, p := b.expect(wire.KindStdout); string(p) != "got "+line+"\n" {
			t.Errorf("answer %q", p)
		}
	}
	b.send(wire.KindStdinEnd, inputOf(nil))
	if o = b.end(); o.ExitCode != 0 {
		t.Errorf("after the dialogue: %+v", o)
	}
	// What comes too late is ignored.
	b.send(wire.KindStdin, inputOf([]byte("late")))
	b.send(wire.KindStdinEnd, inputOf(nil))
	b.send(wire.KindKill, inputOf(nil))
	want(t, b.run("hello"), 0, 0, wire.NotStopped, "hello\n")
	// So it is when the next run is under way.
	next := probe("cat")
	next.Run = 2
	b.send(wire.KindExec, next.Append(nil))
	b.send(wire.KindStdin, inputOf([]byte("of the last run")))
	b.send(wire.KindStdinEnd, inputOf(nil))
	b.send(wire.KindKill, inputOf(nil))
	b.send(wire.KindStdin, wire.Input{Run: 2, Data: []byte("its own")}.Append(nil))
	b.send(wire.KindStdinEnd, wire.AppendUint32(nil, 2))
	want(t, b.end(), 0, 0, wire.NotStopped, "its own")
	b.wipe()
}

func TestInputFile(t *testing.T) {
	b := ready(t, boxOptions{})
	e := probe("file")
	e.InputFile = true
	b.start(e, "all of it")
	want(t, b.end(), 0, 0, wire.NotStopped, "true 9\nall of it\nall of it\nall of it\n")
	b.start(probe("file"), "a pipe") // control
	if o := b.end(); !strings.HasPrefix(o.stdout, "false 0\n") {
		t.Errorf("a pipe: %q", o.stdout)
	}
	e = probe("cat")
	e.InputFile = true
	b.start(e, "")
	want(t, b.end(), 0, 0, wire.NotStopped, "")

	// What the input takes is not the program's.
	e = probe("count")
	e.InputFile, e.MemoryStop = true, 6<<20
	for range 3 {
		b.send(wire.KindExec, e.Append(nil))
		b.feed(wire.MaxInputFile, "8388608\n")
	}
	// Nothing is started for what is cancelled before all has come.
	b.send(wire.KindExec, e.Append(nil))
	b.send(wire.KindStdin, inputOf([]byte("some")))
	b.send(wire.KindKill, inputOf(nil))
	if o := b.end(); o.Stopped != wire.StoppedByRequest || o.CPU != 0 {
		t.Errorf("killed by request: %+v", o)
	}
	b.send(wire.KindStdin, inputOf([]byte("late")))
	b.send(wire.KindStdinEnd, inputOf(nil))
	want(t, b.run("hello"), 0, 0, wire.NotStopped, "hello\n")
	b.wipe()
}

// fill sends standard input for as long as there is credit, and returns how
// much that was. It ends when the runner has not returned any by the time that
// it answers otherwise: the program's first output marks that it runs.
func (b *boxed) fill() (sent int) {
	b.t.Helper()
	chunk := make([]byte, 32<<10)
	left, more := wire.Window, true
	for {
		for left > 0 {
			n := min(left, len(chunk))
			b.send(wire.KindStdin, inputOf(chunk[:n]))
			left -= n
			sent += n
		}
		if !more {
			return sent
		}
		kind, p := b.expect(wire.KindCredit, wire.KindStdout)
		if kind == wire.KindCredit {
			n, err := wire.DecodeUint32(p)
			if err != nil {
				b.t.Fatal(err)
			}
			left += int(n)
			// The pipe takes a window and no more; that makes four portions.
			more = sent+left < 2*wire.Window
		}
	}
}

// feed sends n bytes as credit allows, then the end, and checks the output of
// the program if it is to end by itself.
func (b *boxed) feed(n int, stdout string) {
	b.t.Helper()
	chunk := make([]byte, 48<<10)
	left := wire.Window
	for n > 0 {
		m := min(left, n, len(chunk))
		if m > 0 {
			b.send(wire.KindStdin, inputOf(chunk[:m]))
			left -= m
			n -= m
			continue
		}
		kind, p := b.expect(wire.KindCredit, wire.KindStdout)
		if kind == wire.KindCredit {
			c, err := wire.DecodeUint32(p)
			if err != nil {
				b.t.Fatal(err)
			}
			left += int(c)
		}
	}
	b.send(wire.KindStdinEnd, inputOf(nil))
	if stdout != "" {
		if o := b.end(); o.stdout != stdout {
			b.t.Errorf("output %q, want %q", o.stdout, stdout)
		}
	}
}

// Of an input that is cut off a program sees what there is. It is stopped when it
// asks for more, and not otherwise, whichever comes first.
func TestInputCutOff(t *testing.T) {
	b := ready(t, boxOptions{})
	cut := func(stdin string, args ...string) outcome {
		t.Helper()
		e := probe(args...)
		if args[0] == "deaf" {
			e.WallStop = 200 * time.Millisecond
		}
		b.send(wire.KindExec, e.Append(nil))
		for chunk := range slices.Chunk([]byte(stdin), wire.MaxInput) {
			b.send(wire.KindStdin, inputOf(chunk))
		}
		b.send(wire.KindStdinCut, inputOf(nil))
		return b.end()
	}
	for range 10 {
		want(t, cut("one\ntwo\n", "reads", "1", "0"), 43, 0, wire.NotStopped, "")
		want(t, cut("one\ntwo\n", "reads", "2", "0"), 43, 0, wire.NotStopped, "")
		want(t, cut("one\n", "reads", "1", "20"), 43, 0, wire.NotStopped, "")
		want(t, cut("", "reads", "0", "0"), 43, 0, wire.NotStopped, "")
		// To look whether there is more is not to ask for it.
		want(t, cut("one\n", "peeks", "0"), 43, 0, wire.NotStopped, "")
		want(t, cut("one\n", "peeks", "20"), 43, 0, wire.NotStopped, "")
		// These end at once with what they asked for, unless they are caught.
		for _, stdin := range []string{"one\n", "one\ntw", ""} {
			if o := cut(stdin, "reads", "2", "0"); o.Stopped != wire.StoppedForInput || o.Dirty != "" {
				t.Errorf("asking for more than %q came to %+v", stdin, o.Exited)
			}
		}
	}
	if o := cut("one\n", "echo"); o.Stopped != wire.StoppedForInput || !strings.HasPrefix(o.stdout, "got one\n") {
		t.Errorf("an echo came to %q and %+v", o.stdout, o.Exited)
	}
	if o := cut("one\n", "polls"); o.Stopped != wire.StoppedForInput {
		t.Errorf("asking without a pause came to %+v", o.Exited)
	}
	want(t, cut("one\n", "deaf"), 0, 9, wire.StoppedForWall, "deaf\n")
	want(t, cut("one\n", "shut"), 0, 0, wire.NotStopped, "")
	if o := cut(strings.Repeat("x", wire.MaxPayload), "count"); o.Stopped != wire.StoppedForInput {
		t.Errorf("a long input came to %+v", o.Exited)
	}
	// The control: an end that is none of these is seen.
	b.start(probe("reads", "2", "0"), "one\n")
	want(t, b.end(), 43, 0, wire.NotStopped, "")
	b.wipe()
}

// TestFloodNobodyReads lets the worker read nothing while a program floods: it is
// bounded all the same.
func TestFloodNobodyReads(t *testing.T) {
	b := ready(t, boxOptions{})
	e := probe("floodall")
	e.OutputStop, e.WallStop = 1<<40, 2*time.Second
	b.start(e, "")
	b.expect(wire.KindStdout)
	b.gone("probe")
	o := b.end()
	if o.Stopped != wire.StoppedForWall || o.Signal != 9 || o.Dirty != "" {
		t.Errorf("%+v", o.Exited)
	}
	b.wipe()
}

func TestRefusals(t *testing.T) {
	b := ready(t, boxOptions{})
	b.sendPut("/box/text", []byte("no program"), true)
	b.ok("put")
	b.sendPut("/box/plain", built.probe[:100], false)
	b.ok("put")
	for name, change := range map[string]func(*wire.Exec){
		"absent":       func(e *wire.Exec) { e.Argv[0] = "/box/absent" },
		"no format":    func(e *wire.Exec) { e.Argv[0] = "/box/text" },
		"no program":   func(e *wire.Exec) { e.Argv[0] = "/box/plain" },
		"no dir":       func(e *wire.Exec) { e.Dir = "/absent" },
		"no argv":      func(e *wire.Exec) { e.Argv = nil },
		"zero CPU":     func(e *wire.Exec) { e.CPUStop = 0 },
		"zero memory":  func(e *wire.Exec) { e.MemoryStop = 0 },
		"zero output":  func(e *wire.Exec) { e.OutputStop = 0 },
		"mode":         func(e *wire.Exec) { e.Mode = 9 },
		"no zygote":    func(e *wire.Exec) { e.Mode = wire.Fork },
		"collect up":   func(e *wire.Exec) { e.Collect = []string{"../x"} },
		"collect root": func(e *wire.Exec) { e.Collect = []string{"/etc/passwd"} },
	} {
		e := probe("hello")
		change(&e)
		b.start(e, "")
		if o := b.end(); o.fail == "" {
			t.Errorf("%s: ran: %+v", name, o)
		}
	}
	want(t, b.run("hello"), 0, 0, wire.NotStopped, "hello\n")
	b.wipe()
}
