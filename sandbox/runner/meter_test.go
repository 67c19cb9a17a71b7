package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestMeterParsing(t *testing.T) {
	load := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	cgroup1, _ := number(load("cgroup1/memory.usage_in_bytes"))
	cgroup2, _ := number(load("cgroup2/memory.current"))
	for name, c := range map[string]struct{ got, want int64 }{
		"v1 CPU":       {parseCPU(load("cgroup1/cpuacct.usage"), false), 1234567890123},
		"v2 CPU":       {parseCPU(load("cgroup2/cpu.stat"), true), 1234567890000},
		"v1 memory":    {parseAnon(load("cgroup1/memory.stat"), false), 52 << 20},
		"v2 memory":    {parseAnon(load("cgroup2/memory.stat"), true), 104 << 20},
		"v2 kernel":    {parseKernel(load("cgroup2/memory.stat")), 1380352},
		"old kernel":   {parseKernel([]byte("anon 9\nkernel_stack 1\npagetables 2\npercpu 4\nsock 8\nslab 16\n")), 31},
		"v1 OOM kills": {field(load("cgroup1/memory.oom_control"), "oom_kill"), 2},
		"v2 OOM kills": {field(load("cgroup2/memory.events"), "oom_kill"), 2},
		"v1 usage":     {cgroup1, 52 << 20},
		"v2 usage":     {cgroup2, 110 << 20},
		"no file":      {parseAnon(nil, true), 0},
		"prefix":       {field([]byte("oom_killed 7\noom_kill 1"), "oom_kill"), 1},
		"no number":    {field([]byte("oom_kill x\n"), "oom_kill"), 0},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", name, c.got, c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for in, want := range map[string]struct {
		n    int64
		rest string
	}{
		"12 34": {12, " 34"}, "  7": {7, ""}, "": {0, ""}, "x": {0, "x"}, "9223372036854775807": {1<<63 - 1, "7"},
		"99999999999999999999": {1<<63 - 1, "99"},
	} {
		n, rest := number([]byte(in))
		if n != want.n && n < 1<<62 || string(rest) != want.rest && n < 1<<62 {
			t.Errorf("%q is %d and %q", in, n, rest)
		}
	}
}

// TestPeak of the arithmetic; the figures are checked against real programs
// in boxes.
func TestPeakValue(t *testing.T) {
	const mib = 1 << 20
	for name, c := range map[string]struct {
		p    peak
		want uint64
	}{
		"samples win":         {peak{sampled: 50 * mib, seen: true, file: 2 * mib, floor: 3 * mib, maxrss: 40 * mib}, 50 * mib},
		"kernel wins":         {peak{sampled: 5 * mib, seen: true, file: 2 * mib, floor: 3 * mib, maxrss: 42 * mib}, 40 * mib},
		"below the runner":    {peak{sampled: 1 * mib, seen: true, file: 2 * mib, floor: 3 * mib, floorOwn: mib, maxrss: 3 * mib}, mib},
		"never seen":          {peak{floor: 3 * mib, floorOwn: mib, maxrss: 12 * mib}, 10 * mib},
		"never seen and tiny": {peak{floor: 3 * mib, floorOwn: mib, maxrss: 3 * mib}, mib},
		"forked":              {peak{forked: true, floor: 20 * mib, maxrss: 25 * mib, sampled: mib}, 5 * mib},
		"forked and tiny":     {peak{forked: true, floor: 20 * mib, maxrss: 19 * mib, sampled: mib}, mib},
		"shrunk":              {peak{forked: true, floor: 20 * mib, maxrss: 19 * mib, sampled: -mib}, 0},
	} {
		if got := c.p.value(); got != c.want {
			t.Errorf("%s: %d KiB, want %d KiB", name, got>>10, c.want>>10)
		}
	}
}
