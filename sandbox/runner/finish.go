package main

import (
	"syscall"
	"unsafe"

	"github.com/docketjudge/docket/sandbox/wire"
)

// finish ends a run whose main process has ended: whatever else runs is
// killed, and only then are the books closed.
func (r *runner) finish() error {
	x := r.run
	defer func() {
		x.close()
		r.run = nil
		_ = r.back.set(0) // the connection is drained by then
	}()
	dirty := r.killRest()
	x.res.CPU = r.cpuUsed()
	x.res.Memory = x.peak.value()
	if r.meter.oomKills() > x.oomBefore {
		x.res.OutOfMemory = true
		if x.forked && x.spoiled == "" && !r.zygoteAnswers() {
			x.spoiled = "the interpreter was killed for memory"
		}
	}
	if dirty == "" {
		dirty = x.spoiled
	}
	if err := r.rest(); err != nil {
		return err
	}
	if x.res.Stopped == wire.NotStopped && x.stdin.asked() {
		x.res.Stopped = wire.StoppedForInput // it was just not caught at it
	}
	if x.failure != "" {
		if left := r.clean(); left != "" {
			x.failure += "; " + left
		}
		return r.out.fail("running: " + x.failure)
	}
	if err := r.collect(&x.req); err != nil {
		return err
	}
	if dirty == "" && !x.req.Keep {
		dirty = r.box.clean(r.uid)
	}
	x.res.StdoutBytes = x.stdout.sent
	x.res.StderrCut = x.stderr.cut
	x.res.Dirty = dirty[:min(len(dirty), wire.MaxString)]
	if r.out.room() < 9<<10 {
		if err := r.out.drain(); err != nil {
			return err
		}
	}
	r.out.begin(wire.KindExited)
	r.out.buf = x.res.Append(r.out.buf)
	r.out.end()
	return r.out.drain()
}

// processors is how many processors the box may use.
func (r *runner) processors() int {
	var mask [128]byte
	n, _, e := syscall.RawSyscall(syscall.SYS_SCHED_GETAFFINITY, 0, uintptr(len(mask)), uintptr(unsafe.Pointer(&mask)))
	if e != 0 {
		return 1
	}
	count := 0
	for _, b := range mask[:n] {
		for ; b != 0; b &= b - 1 {
			count++
		}
	}
	return max(count, 1)
}
