package main

import (
	"syscall"
	"time"

	"github.com/docketjudge/docket/sandbox/wire"
)

const (
	firstSample = time.Millisecond
	sampleEvery = 4 * time.Millisecond
	// kernelFree is how much the kernel may hold for a run, such as the stacks
	// of its threads, before that counts as the program's own memory.
	kernelFree = 16 << 20
	// usageStep is how much the cheap reading of memory must move before the
	// dear one is worth it.
	usageStep = 256 << 10
)

// peak finds the most memory that a run had at once, from samples of the box
// and from what the kernel says of the main process when it has ended.
//
// The kernel's figure, ru_maxrss, is exact but of one process and not of the
// right thing: it has pages of files in it (the program's own code, shared
// libraries), which the samples tell apart, and it starts from the size of
// whoever started the process. Samples are of the right thing and of all
// processes but miss what comes and goes between two of them. So the larger
// of the two is reported.
type peak struct {
	statm    int // of the main process, once opened
	page     int64
	base     int64 // anonymous and shared memory of the box before the start
	kernel   int64 // what the kernel held for the box before the start
	used     int64 // the cheap reading at the last dear one
	sampled  int64 // largest sample above base
	file     int64 // file pages of the main process in the last sample
	seen     bool  // there was a sample of the main process
	floor    int64 // what ru_maxrss cannot be below
	floorOwn int64 // what of that is no file
	forked   bool
	maxrss   int64
}

// ended takes the kernel's figure, in bytes.
func (p *peak) ended(maxrss int64) { p.maxrss = maxrss }

// value is the peak in bytes.
func (p *peak) value() uint64 {
	return uint64(max(p.sampled, p.fromKernel(), 0))
}

// fromKernel is what ru_maxrss says about the program's own memory.
func (p *peak) fromKernel() int64 {
	switch {
	case p.forked:
		// The child begins as a copy of the interpreter, whose size it shares
		// rather than uses; the floor is that size.
		return p.maxrss - p.floor
	case p.maxrss > p.floor:
		if !p.seen {
			// Gone before the first sample: what the runner itself has in file
			// pages stands for what any small program has.
			return p.maxrss - (p.floor - p.floorOwn)
		}
		return p.maxrss - p.file
	case !p.seen:
		// Too small and too short to be seen. The runner's own memory is an
		// upper bound, and nothing better is known.
		return p.floorOwn
	}
	return 0
}

func (p *peak) close() { closeFD(&p.statm) }

// measureBefore takes the readings that the run's are compared with.
func (r *runner) measureBefore(x *execution) {
	x.oomBefore = r.meter.oomKills()
	x.peak = peak{statm: -1, page: r.self.pageSize, forked: x.forked}
	x.peak.base = r.meter.anon()
	x.peak.kernel = r.meter.kernel()
	x.peak.used = r.meter.used()
	total, file := r.self.resident()
	x.peak.floor, x.peak.floorOwn = total, total-file
	if x.forked && r.helper != nil {
		x.peak.floor, _ = r.helper.resident(r.self.pageSize)
	}
	x.cpuBefore = r.meter.cpuTime(r.helperPID(), 0)
}

// cpuUsed is the processor time of the run so far.
func (r *runner) cpuUsed() time.Duration {
	x := r.run
	pid := x.pid
	if x.over {
		pid = 0
	}
	return time.Duration(max(r.meter.cpuTime(r.helperPID(), pid)-x.cpuBefore, 0))
}

// tick looks at everything that has its time, and says when the next time is.
func (r *runner) tick() {
	x := r.run
	now := time.Now()
	if x.res.Stopped != wire.NotStopped {
		// Killed already, but a child of the interpreter may have taken on
		// its identity only afterwards.
		r.stop(x.res.Stopped)
		if x.forked && now.Sub(x.stopped) > killPatience {
			// What it says later would be taken for the next run's.
			r.killHelper()
			x.spoiled = "the interpreter did not report the end of its child"
			x.mainEnded(syscall.WaitStatus(syscall.SIGKILL), &syscall.Rusage{})
			return
		}
		x.next = now.Add(time.Millisecond)
		return
	}
	if now.Before(x.next) {
		return
	}
	if x.stdin.asked() {
		r.stop(wire.StoppedForInput)
		return
	}
	wall := x.began.Add(x.req.WallStop)
	if !now.Before(wall) {
		r.stop(wire.StoppedForWall)
		return
	}
	used := r.cpuUsed()
	if used >= x.req.CPUStop {
		r.stop(wire.StoppedForCPU)
		return
	}
	r.sample()
	if x.res.Stopped != wire.NotStopped {
		return
	}
	r.look(now)
	if x.res.Stopped != wire.NotStopped {
		return
	}
	r.reap()
	// The limit cannot be met before all processors have worked on it.
	earliest := now.Add(max((x.req.CPUStop-used)/time.Duration(r.processors()), time.Millisecond))
	x.next = now.Add(sampleEvery)
	if x.end.fd < 0 && !x.forked {
		x.next = now.Add(time.Millisecond) // nothing else tells of the end
	}
	if x.stdin.cut {
		r.bait()
		x.next = now.Add(time.Millisecond) // nor of the asking
	}
	if earliest.Before(x.next) {
		x.next = earliest
	}
	if wall.Before(x.next) {
		x.next = wall
	}
}

// sample measures memory.
func (r *runner) sample() {
	x := r.run
	p := &x.peak
	if p.statm < 0 && x.pid != 0 {
		p.statm = openStatm(x.pid)
	}
	if p.statm >= 0 {
		// A process that is on its way out has nothing left to see.
		if total, shared := readStatm(p.statm, p.page); total > 0 {
			p.seen = true
			p.file = shared
			if !x.forked {
				p.sampled = max(p.sampled, total-shared)
			}
		}
	}
	used := r.meter.used()
	if d := used - p.used; d < usageStep && d > -usageStep && p.sampled > 0 {
		return
	}
	p.used = used
	kernel := max(r.meter.kernel()-p.kernel-kernelFree, 0)
	p.sampled = max(p.sampled, r.meter.anon()-p.base+kernel)
	if uint64(max(p.sampled, 0)) > x.req.MemoryStop {
		r.stop(wire.StoppedForMemory)
	}
}
