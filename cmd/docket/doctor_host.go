package main

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/docketjudge/docket/judge"
)

// host is a machine as the kernel describes it.
type host struct {
	root fs.FS // its file system, of which /proc and /sys are read
	// free says how much may still be written below a directory.
	free func(dir string) (judge.Bytes, error)
}

func thisHost() host { return host{root: os.DirFS("/"), free: freeDisk} }

func freeDisk(dir string) (judge.Bytes, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, fmt.Errorf("file system of %s: %w", dir, err)
	}
	return judge.Bytes(s.Bavail) * judge.Bytes(s.Bsize), nil //nolint:gosec // blocks of a file system that exists
}

// examine looks at what makes times noisy or boxes fail. RootDir is where the
// engine keeps its images and boxes; it is empty when no engine answers.
func (h host) examine(rootDir string) []finding {
	if rootDir == "" {
		rootDir = "/"
	}
	return []finding{h.smt(), h.swap(), h.clock(), h.memory(), h.disk(rootDir)}
}

// read returns the trimmed content of a small kernel file, or "".
func (h host) read(name string) string {
	b, err := fs.ReadFile(h.root, name)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(b))
}

func (h host) smt() finding {
	switch h.read("sys/devices/system/cpu/smt/active") {
	case "1":
		return finding{"SMT", warning, "on: two slots may share one core and slow each other down",
			"echo off > /sys/devices/system/cpu/smt/control, or give the worker half as many slots as CPUs"}
	case "0":
		return finding{"SMT", healthy, "off", ""}
	}
	return finding{"SMT", healthy, "not reported by this kernel", ""}
}

func (h host) swap() finding {
	lines := strings.Split(h.read("proc/swaps"), "\n")
	if len(lines) < 2 { // a heading and nothing below it
		return finding{"swap", healthy, "none", ""}
	}
	var names []string
	for _, line := range lines[1:] {
		if fields := strings.Fields(line); len(fields) > 0 {
			names = append(names, fields[0])
		}
	}
	return finding{"swap", warning, strings.Join(names, ", ") + ": a program that is swapped out is timed while it waits for the disk",
		"swapoff -a, and remove it from /etc/fstab"}
}

// cheapClocks can be read without a system call.
var cheapClocks = []string{"tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter"}

func (h host) clock() finding {
	current := h.read("sys/devices/system/clocksource/clocksource0/current_clocksource")
	available := strings.Fields(h.read("sys/devices/system/clocksource/clocksource0/available_clocksource"))
	switch {
	case current == "":
		return finding{"clock source", healthy, "not reported by this kernel", ""}
	case slices.Contains(cheapClocks, current):
		return finding{"clock source", healthy, current, ""}
	}
	mend := "boot with tsc=reliable, if the CPU's counter is"
	for _, clock := range cheapClocks {
		if slices.Contains(available, clock) {
			mend = "echo " + clock + " > /sys/devices/system/clocksource/clocksource0/current_clocksource"
			break
		}
	}
	return finding{"clock source", warning, current + ": every reading of the time is a system call, in programs too", mend}
}

// What a worker needs to be at ease, and to work at all: language images and
// caches on the disk, a build box and a run box per slot in memory.
const (
	easyMemory  = 2 * judge.GiB
	leastMemory = 1 * judge.GiB
	easyDisk    = 8 * judge.GiB
	leastDisk   = 2 * judge.GiB
)

func (h host) memory() finding {
	available, ok := h.meminfo("MemAvailable:")
	if !ok {
		return finding{"free memory", warning, "unknown: /proc/meminfo has no MemAvailable", "mount /proc"}
	}
	return enough("free memory", available, easyMemory, leastMemory, size(available),
		"stop other programs, or run fewer slots")
}

// meminfo reads one line of /proc/meminfo, which counts in KiB.
func (h host) meminfo(key string) (judge.Bytes, bool) {
	for line := range strings.Lines(h.read("proc/meminfo")) {
		if fields := strings.Fields(line); len(fields) >= 2 && fields[0] == key {
			n, err := strconv.ParseInt(fields[1], 10, 64)
			return judge.Bytes(n) * judge.KiB, err == nil
		}
	}
	return 0, false
}

func (h host) disk(dir string) finding {
	free, err := h.free(dir)
	if err != nil {
		return finding{"free disk", warning, err.Error(), "run docket doctor as root"}
	}
	return enough("free disk", free, easyDisk, leastDisk, size(free)+" below "+dir,
		"docker system prune, or move the engine's data-root to a larger disk")
}

func enough(check string, have, easy, least judge.Bytes, found, mend string) finding {
	switch {
	case have < least:
		return finding{check, failing, found + ": at least " + size(least) + " are needed", mend}
	case have < easy:
		return finding{check, warning, found + ": " + size(easy) + " are comfortable", mend}
	}
	return finding{check, healthy, found, ""}
}
