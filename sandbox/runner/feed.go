package main

import (
	"fmt"
	"syscall"

	"github.com/docketjudge/docket/sandbox/wire"
)

// feed is a program's standard input. What its pipe does not take at once
// waits in a ring outside of the heap, so that it is given back entirely.
type feed struct {
	to     watch
	ended  bool // nothing more will come
	cut    bool // nothing more will come, and the program does not see the end
	baited bool // it is cut, all was read, and a bait lies in the pipe
	ring   []byte
	at     int // where the waiting bytes begin
	size   int // how many there are
	taken  int // bytes that credit is still to be given for
	flying int // bytes received that no credit was given for
}

// take accepts a frame. Input for a program that reads no more is dropped.
func (f *feed) take(p []byte, out *output) error {
	f.flying += len(p)
	if f.flying > wire.Window {
		return fmt.Errorf("%w: standard input beyond the window", wire.ErrProtocol)
	}
	if f.ended || f.cut {
		return unexpected(wire.KindStdin)
	}
	if f.size == 0 {
		n := f.write(p)
		f.taken += n
		p = p[n:]
	}
	if len(p) > 0 {
		if f.ring == nil {
			ring, err := syscall.Mmap(-1, 0, wire.Window, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
			if err != nil {
				return fmt.Errorf("holding standard input: %w", err)
			}
			f.ring = ring
		}
		// It fits: the window bounds what is on its way.
		n := copy(f.ring[(f.at+f.size)%wire.Window:], p)
		copy(f.ring, p[n:])
		f.size += len(p)
	}
	f.credit(out)
	return nil
}

// write writes what the pipe takes of p, or pretends to where nobody reads.
func (f *feed) write(p []byte) (n int) {
	for n < len(p) && f.to.fd >= 0 {
		m, e := write(f.to.fd, p[n:])
		if e == syscall.EAGAIN {
			return n
		}
		if e != 0 {
			f.to.close()
			break
		}
		n += m
	}
	return len(p)
}

// push writes what waits.
func (f *feed) push(out *output) {
	for f.size > 0 {
		p := f.ring[f.at:min(f.at+f.size, wire.Window)]
		n := f.write(p)
		f.at = (f.at + n) % wire.Window
		f.size -= n
		f.taken += n
		if n < len(p) {
			break
		}
	}
	f.credit(out)
	f.closeIfDone()
}

// credit tells the worker what was taken, when that has become worth a frame.
func (f *feed) credit(out *output) {
	if f.ended || f.taken < wire.Window/4 {
		return
	}
	out.begin(wire.KindCredit)
	out.buf = wire.AppendUint32(out.buf, uint32(f.taken)) //nolint:gosec // at most Window
	out.end()
	f.flying -= f.taken
	f.taken = 0
}

func (f *feed) closeIfDone() {
	if f.ended && f.size == 0 {
		f.to.close()
	}
}

// done reports whether the program has all its input.
func (f *feed) done() bool { return f.ended && f.size == 0 }

// asked reports whether the program read on after all of an input that was cut
// off. A pipe does not tell that somebody waits at it. So a byte is laid in it
// that is no part of the input, and whoever takes it has asked; see
// [runner.bait]. That it is gone stays true after the program's end.
func (f *feed) asked() bool { return f.baited && f.allRead() }

// allRead reports whether the program has read all that was given to it.
func (f *feed) allRead() bool {
	if f.size > 0 || f.to.fd < 0 {
		return false
	}
	n, e := inPipe(f.to.fd)
	if e != 0 { // a kernel that does not tell: the input has an end like any other
		f.to.close()
		return false
	}
	return n == 0
}

func (f *feed) rearm() error {
	if f.size > 0 {
		return f.to.set(syscall.EPOLLOUT)
	}
	return f.to.set(0)
}

func (f *feed) close() {
	f.to.close()
	if f.ring != nil {
		_ = syscall.Munmap(f.ring) // it is ours and whole
		f.ring = nil
	}
	f.size = 0
}
