package main

import (
	"fmt"
	"syscall"
	"time"
	"unsafe"
)

// area is a file system in which programs can leave something.
type area struct {
	path   string
	fd     int
	blocks uint64 // in use when the box was fresh
	inodes uint64
}

// box is the writable part of the box.
type box struct {
	areas     []area // where programs write
	artifacts area   // where only the runner writes
}

// open finds the areas and notes that they are as a fresh box has them.
func (b *box) open() error {
	var root syscall.Stat_t
	if err := syscall.Stat("/", &root); err != nil {
		return fmt.Errorf("looking at /: %w", err)
	}
	for _, path := range []string{workDir, "/tmp", "/dev/shm", "/dev/mqueue"} {
		var st syscall.Stat_t
		if err := syscall.Stat(path, &st); err != nil || st.Dev == root.Dev {
			// Not a file system of its own, hence as read-only as the root.
			continue
		}
		a, err := openArea(path)
		if err != nil {
			return err
		}
		b.areas = append(b.areas, a)
	}
	var err error
	b.artifacts, err = openArea(boxDir)
	return err
}

func openArea(path string) (area, error) {
	a := area{path: path}
	fd, e := openat(atFDCWD, path, syscall.O_RDONLY|syscall.O_DIRECTORY)
	if e != 0 {
		return a, fmt.Errorf("opening %s: %w", path, e)
	}
	a.fd = fd
	a.blocks, a.inodes = a.usage()
	return a, nil
}

// usage is how much of the file system is in use. Where it does not count its
// inodes, the entries of its top directory stand for them: there is nothing
// below a directory that is not there.
func (a *area) usage() (blocks, inodes uint64) {
	var st syscall.Statfs_t
	if _, _, e := syscall.RawSyscall(syscall.SYS_FSTATFS, uintptr(a.fd), uintptr(unsafe.Pointer(&st)), 0); e != 0 {
		return ^uint64(0), ^uint64(0)
	}
	if st.Files == 0 {
		return st.Blocks - st.Bfree, entries(a.fd)
	}
	return st.Blocks - st.Bfree, st.Files - st.Ffree
}

// difference says how a differs from a fresh box, or is empty.
func (a *area) difference() string {
	blocks, inodes := a.usage()
	if blocks == a.blocks && inodes == a.inodes {
		return ""
	}
	return fmt.Sprintf("%s holds %d blocks and %d inodes more than a fresh box",
		a.path, int64(blocks-a.blocks), int64(inodes-a.inodes)) //nolint:gosec // differences of either sign
}

// difference says how the writable areas differ from a fresh box, or is empty.
func (b *box) difference() string {
	for i := range b.areas {
		if d := b.areas[i].difference(); d != "" {
			return d
		}
	}
	return ""
}

// clean removes, as uid, what a program left, and says what remains. No
// process of uid may be alive.
func (b *box) clean(uid uint32) string {
	pause := 50 * time.Microsecond
	for waited := time.Duration(0); ; {
		left := b.sweep(uid)
		if left == "" || waited > settlePatience {
			return left
		}
		// A file that was removed while it was on its way over a socket that
		// nobody can reach any more exists until the kernel collects sockets.
		collectSockets()
		time.Sleep(pause)
		waited += pause
		pause = min(2*pause, 2*time.Millisecond)
	}
}

// settlePatience is how long, in pauses, the kernel may take to let go of what
// no process holds any more.
const settlePatience = 3 * time.Second

// sweep is one try of clean.
func (b *box) sweep(uid uint32) string {
	for i := range b.areas {
		a := &b.areas[i]
		if a.difference() == "" {
			continue
		}
		becomeFS(uid)
		emptyDir(a.fd)
		becomeFS(0)
		if d := a.difference(); d != "" {
			return d
		}
	}
	return ""
}

// collectSockets has the kernel look for sockets that only hold each other:
// the end of any unix socket makes it do so, in the background.
func collectSockets() {
	pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_DGRAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return // it does so at its next occasion
	}
	closeFD(&pair[0])
	closeFD(&pair[1])
}

// emptyArtifacts removes everything below /box and says what remains.
func (b *box) emptyArtifacts() string {
	emptyDir(b.artifacts.fd)
	return b.artifacts.difference()
}
