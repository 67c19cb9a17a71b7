package main

import (
	"fmt"
	"strconv"
	"syscall"
)

// self is what the runner knows and changes about its own process. The files
// stay open: opening one costs more than reading it.
type self struct {
	statm     int
	clearRefs int // -1 where the kernel has no such file
	oomScore  int // -1 where the score cannot be changed
	oomNormal []byte
	pageSize  int64
}

func (s *self) open() error {
	s.pageSize = int64(syscall.Getpagesize())
	var e syscall.Errno
	if s.statm, e = openat(atFDCWD, "/proc/self/statm", syscall.O_RDONLY); e != 0 {
		return fmt.Errorf("opening /proc/self/statm: %w", e)
	}
	if s.clearRefs, e = openat(atFDCWD, "/proc/self/clear_refs", syscall.O_WRONLY); e != 0 {
		s.clearRefs = -1
	}
	if s.oomScore, e = openat(atFDCWD, "/proc/self/oom_score_adj", syscall.O_RDWR); e != 0 {
		s.oomScore = -1
		return nil //nolint:nilerr // not essential
	}
	var b [16]byte
	n, e := readStart(s.oomScore, b[:])
	if e != 0 {
		closeFD(&s.oomScore)
		return nil //nolint:nilerr // not essential
	}
	s.oomNormal = append(s.oomNormal, b[:n]...)
	return nil
}

// exposed makes the kernel prefer a process started now over the runner when
// it is out of memory; cover is the way back. Neither is essential: programs
// are larger than the runner in any case.
func (s *self) exposed() {
	if s.oomScore >= 0 {
		_, _ = write(s.oomScore, []byte("1000"))
	}
}

func (s *self) cover() {
	if s.oomScore >= 0 {
		_, _ = write(s.oomScore, s.oomNormal)
	}
}

// resident is the runner's resident memory and how much of that is file
// pages, in bytes. Its earlier peak is forgotten: a program starts its life
// with the peak of whoever started it.
func (s *self) resident() (total, file int64) {
	if s.clearRefs >= 0 {
		_, _ = write(s.clearRefs, []byte("5"))
	}
	return readStatm(s.statm, s.pageSize)
}

// readStatm reads the resident memory of a process and the part of it that is
// backed by files or shared.
func readStatm(fd int, pageSize int64) (total, shared int64) {
	var b [128]byte
	n, e := readStart(fd, b[:])
	if e != 0 {
		return 0, 0
	}
	f := b[:n]
	_, f = number(f)
	total, f = number(f)
	shared, _ = number(f)
	return total * pageSize, shared * pageSize
}

// openStatm opens the file that readStatm reads, or returns -1.
func openStatm(pid int) int {
	fd, e := openat(atFDCWD, "/proc/"+strconv.Itoa(pid)+"/statm", syscall.O_RDONLY)
	if e != 0 {
		return -1
	}
	return fd
}

// number reads the decimal number at the start of b, after blanks, and returns
// what follows it.
func number(b []byte) (int64, []byte) {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t') {
		b = b[1:]
	}
	var n int64
	for len(b) > 0 && b[0] >= '0' && b[0] <= '9' {
		if n > (1<<63-1)/10-1 {
			return 1<<63 - 1, b
		}
		n = n*10 + int64(b[0]-'0')
		b = b[1:]
	}
	return n, b
}
