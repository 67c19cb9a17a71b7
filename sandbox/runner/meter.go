package main

import (
	"bytes"
	"syscall"
)

// meter reads what the box as a whole used, from the files that its control
// group shows inside of it, in either version. The files stay open.
type meter struct {
	v2       bool
	cpu      int // cpuacct.usage or cpu.stat
	usage    int // memory.usage_in_bytes or memory.current
	stat     int // memory.stat
	kmem     int // memory.kmem.usage_in_bytes, of version 1
	tcp      int // memory.kmem.tcp.usage_in_bytes, of version 1
	oom      int // memory.oom_control or memory.events
	buf      [4 << 10]byte
	pageSize int64

	statm     int // of the helper
	statmPID  int
	leaseUsed int64
	leaseAnon int64
}

const cgroups = "/sys/fs/cgroup/"

func (m *meter) open() {
	m.pageSize = int64(syscall.Getpagesize())
	m.statm, m.kmem, m.tcp = -1, -1, -1
	if m.cpu = openMeter("cpu.stat"); m.cpu >= 0 {
		m.v2 = true
		m.usage = openMeter("memory.current")
		m.stat = openMeter("memory.stat")
		m.oom = openMeter("memory.events")
		return
	}
	m.cpu = openMeter("cpuacct/cpuacct.usage", "cpu,cpuacct/cpuacct.usage", "cpuacct,cpu/cpuacct.usage")
	m.usage = openMeter("memory/memory.usage_in_bytes")
	m.stat = openMeter("memory/memory.stat")
	m.kmem = openMeter("memory/memory.kmem.usage_in_bytes")
	m.tcp = openMeter("memory/memory.kmem.tcp.usage_in_bytes")
	m.oom = openMeter("memory/memory.oom_control")
}

func openMeter(names ...string) int {
	for _, n := range names {
		if fd, e := openat(atFDCWD, cgroups+n, syscall.O_RDONLY); e == 0 {
			return fd
		}
	}
	return -1
}

func (m *meter) read(fd int) []byte {
	if fd < 0 {
		return nil
	}
	n, e := readStart(fd, m.buf[:])
	if e != 0 {
		return nil
	}
	return m.buf[:n]
}

// cpuTime is the processor time in nanoseconds that everything in the box has
// used, less that of the runner itself and of its helper. Differences of two
// readings are what programs used.
//
// Where the control group is not shown, cpuTime returns the time of main, the
// process that runs now, and of all processes that were reaped. This misses the
// CPU time of other live processes until they are reaped.
func (m *meter) cpuTime(helper, main int) int64 {
	// The own clock first: reading it brings the group's up to date.
	own := cpuClock(clockProcessCP)
	if helper != 0 {
		own += cpuClock(clockOf(helper))
	}
	if b := m.read(m.cpu); b != nil {
		return parseCPU(b, m.v2) - own
	}
	var ru syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_CHILDREN, &ru) != nil {
		return 0
	}
	sum := ru.Utime.Nano() + ru.Stime.Nano()
	if main != 0 {
		sum += cpuClock(clockOf(main))
	}
	return sum
}

// used is the cheap reading: all memory charged to the box, caches included.
func (m *meter) used() int64 {
	n, _ := number(m.read(m.usage))
	return n + m.sockets1()
}

// sockets1 is what the buffers of TCP and UDP sockets hold. Version 1 counts
// that by itself, and only where the box has a bound on it.
func (m *meter) sockets1() int64 {
	n, _ := number(m.read(m.tcp))
	return n
}

// kernel is what the kernel itself holds for the box in bytes: the buffers of
// pipes and sockets, page tables, stacks of threads and the like.
func (m *meter) kernel() int64 {
	if m.v2 {
		return parseKernel(m.read(m.stat))
	}
	n, _ := number(m.read(m.kmem))
	return n + m.sockets1()
}

// anon is the anonymous and shared memory of the box in bytes.
func (m *meter) anon() int64 { return parseAnon(m.read(m.stat), m.v2) }

// oomKills is how many processes the kernel has killed for memory.
func (m *meter) oomKills() int64 { return field(m.read(m.oom), "oom_kill") }

// lease notes what the box holds before anything of a lease is in it.
func (m *meter) lease(helper int) {
	m.leaseUsed, m.leaseAnon = m.used(), m.others(helper)
}

// others is the anonymous and shared memory that is not the helper's own.
func (m *meter) others(helper int) int64 {
	n := m.anon()
	if helper != 0 {
		if m.statmPID != helper {
			closeFD(&m.statm)
			m.statm, m.statmPID = openStatm(helper), helper
		}
		total, shared := readStatm(m.statm, m.pageSize)
		n -= total - shared
	}
	return n
}

// leftover is how much more memory is in use than when the lease began, by the
// more favourable of two readings: one is settled late, the other has file
// caches in it.
func (m *meter) leftover(helper int) int64 {
	return min(m.others(helper)-m.leaseAnon, m.used()-m.leaseUsed)
}

// parseCPU reads cpuacct.usage or cpu.stat, in nanoseconds.
func parseCPU(b []byte, v2 bool) int64 {
	if v2 {
		return field(b, "usage_usec") * 1000
	}
	n, _ := number(b)
	return n
}

// parseAnon reads the anonymous and shared memory from a memory.stat.
func parseAnon(b []byte, v2 bool) int64 {
	if v2 {
		return field(b, "anon") + field(b, "shmem")
	}
	return field(b, "rss") + field(b, "shmem")
}

// parseKernel reads what the kernel holds from a memory.stat of version 2.
// Kernels before 5.18 tell only the parts.
func parseKernel(b []byte) int64 {
	n := field(b, "kernel")
	if n == 0 {
		n = field(b, "kernel_stack") + field(b, "pagetables") + field(b, "percpu") + field(b, "slab")
	}
	return n + field(b, "sock")
}

// field is the number in the line of b that begins with name and a blank, or
// zero.
func field(b []byte, name string) int64 {
	for len(b) > 0 {
		line := b
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			line, b = b[:i], b[i+1:]
		} else {
			b = nil
		}
		if len(line) > len(name) && line[len(name)] == ' ' && string(line[:len(name)]) == name {
			n, _ := number(line[len(name):])
			return n
		}
	}
	return 0
}
