package main

import (
	"syscall"
	"time"

	"github.com/docketjudge/docket/sandbox/wire"
)

// capture is a standard stream that the program writes.
type capture struct {
	from watch
	sent uint64
	cut  bool // there was more than its bound
}

// laziness decides when a program's output is read. A program that has all its
// input waits for nobody, so its output is left in the pipe, to be sent in
// one piece with the report of its end: each waking of the runner or the
// worker costs more than the copy. Only much output, or output that has lain
// for long, is sent before.
type laziness struct {
	ready bool // epoll reported output
	flood bool // much output was seen
	last  time.Time
}

const (
	floodMark = 16 << 10
	lazyTime  = 50 * time.Millisecond
)

// eager reports whether output is to be read as it comes.
func (x *execution) eager() bool { return x.lazy.flood || !x.stdin.done() }

// look reads what a lazy run has printed, when it is time.
func (r *runner) look(now time.Time) {
	x := r.run
	if x.eager() {
		return
	}
	out, err := pending(x.stdout.from.fd), pending(x.stderr.from.fd)
	switch {
	case out+err == 0:
		x.lazy.last = now
	case crowded(x.stdout.from.fd, out) || crowded(x.stderr.from.fd, err):
		x.lazy.flood = true
		r.relay()
	case now.Sub(x.lazy.last) >= lazyTime:
		x.lazy.last = now
		r.relay()
	}
}

// crowded reports whether the n bytes in a pipe are much, for us or for it: a
// system that is short of pipe memory makes small ones.
func crowded(fd, n int) bool {
	if n == 0 || n >= floodMark {
		return n > 0
	}
	size, e := fcntl(fd, fGetPipeSize, 0)
	return e != 0 || n >= size/2
}

// relay sends on what the program has printed, until there is no more or the
// connection takes no more.
func (r *runner) relay() {
	x := r.run
	for !r.out.waiting() {
		n := r.relayOne(&x.stdout, wire.KindStdout, x.req.OutputStop)
		if x.stdout.cut {
			r.stop(wire.StoppedForOutput)
			return
		}
		n += r.relayOne(&x.stderr, wire.KindStderr, uint64(x.req.StderrCap))
		if n == 0 {
			return
		}
		if err := r.out.flush(); err != nil {
			return // the next flush reports it
		}
	}
}

// relayOne reads a stream once into a frame of its own and returns how many
// bytes it read.
func (r *runner) relayOne(c *capture, kind wire.Kind, bound uint64) int {
	if c.from.fd < 0 {
		return 0
	}
	room := r.out.room()
	if room < 4<<10 {
		return 0 // after the flush
	}
	r.out.begin(kind)
	at := len(r.out.buf)
	// One byte more than may be sent tells whether there is more.
	left := bound - c.sent
	want := room
	if left < uint64(room) {
		want = int(left) + 1 //nolint:gosec // less than room
	}
	if c.cut {
		want = room // read to be dropped
	}
	n, e := read(c.from.fd, r.out.buf[at:at+want])
	switch {
	case e == syscall.EAGAIN:
		r.out.cancel()
		return 0
	case e != 0 || n == 0:
		r.out.cancel()
		c.from.close()
		return 0
	}
	use := min(uint64(n), left)       //nolint:gosec // a count
	c.cut = c.cut || uint64(n) > left //nolint:gosec // likewise
	if use == 0 {
		r.out.cancel()
		return n
	}
	r.out.buf = r.out.buf[:at+int(use)] //nolint:gosec // at most n
	r.out.end()
	c.sent += use
	return n
}

// rest sends what is left in the pipes after the last process of the run is
// gone. Output beyond its bound stops a run even then.
func (r *runner) rest() error {
	x := r.run
	for i := 0; i < 2; {
		c, kind, bound := &x.stdout, wire.KindStdout, x.req.OutputStop
		if i == 1 {
			c, kind, bound = &x.stderr, wire.KindStderr, uint64(x.req.StderrCap)
		}
		if r.out.room() < 4<<10 {
			if err := r.out.drain(); err != nil {
				return err
			}
		}
		if r.relayOne(c, kind, bound) == 0 || i == 0 && c.cut {
			i++
		}
	}
	if x.stdout.cut && x.res.Stopped == wire.NotStopped {
		x.res.Stopped = wire.StoppedForOutput
	}
	return nil
}
