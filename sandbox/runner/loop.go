package main

import (
	"errors"
	"fmt"
	"syscall"
	"time"

	"github.com/docketjudge/docket/sandbox/wire"
)

// runner is the state of PID 1.
type runner struct {
	epoll int
	in    input
	out   output
	conn  watch // on the connection's input
	back  watch // on the connection's output, while it is clogged
	opts  options
	procs procTable
	box   box
	meter meter
	self  self

	helper *process // the helper, when it runs
	zygote *zygoteSocket

	uid uint32 // of the lease; zero outside of one
	put *put   // file being received
	run *execution
	// gathering is the standard input of the next run, where it is a file.
	gathering *inputFile
}

func newRunner(opts options) (*runner, error) {
	r := &runner{opts: opts, in: newInput(0), out: newOutput(1)}
	if e := setNonblock(1); e != 0 {
		return nil, fmt.Errorf("preparing the connection: %w", e)
	}
	// Larger pipes mean fewer switches for long inputs and outputs. Where the
	// system says no, the usual size does.
	_, _ = fcntl(0, fSetPipeSize, pipeSize)
	_, _ = fcntl(1, fSetPipeSize, pipeSize)
	var err error
	if r.epoll, err = syscall.EpollCreate1(syscall.EPOLL_CLOEXEC); err != nil {
		return nil, fmt.Errorf("creating epoll: %w", err)
	}
	r.conn = watch{epoll: r.epoll, fd: 0}
	r.back = watch{epoll: r.epoll, fd: 1}
	if err := r.conn.set(syscall.EPOLLIN); err != nil {
		return nil, fmt.Errorf("watching the connection: %w", err)
	}
	if err := r.self.open(); err != nil {
		return nil, err
	}
	if err := r.procs.open(); err != nil {
		return nil, err
	}
	r.meter.open()
	if err := r.startHelper(); err != nil {
		return nil, err
	}
	if err := r.box.open(); err != nil {
		return nil, err
	}
	r.out.begin(wire.KindHello)
	r.out.buf = wire.Hello{Version: wire.Version, Build: build, Helper: string(opts.helper)}.Append(r.out.buf)
	r.out.end()
	return r, r.out.drain()
}

// loop serves until the connection ends.
func (r *runner) loop() error {
	var events [8]syscall.EpollEvent
	for {
		for {
			kind, payload, err := r.in.next()
			if err != nil {
				return err
			}
			if kind == 0 {
				break
			}
			if err := r.handle(kind, payload); err != nil {
				return err
			}
		}
		if r.run != nil {
			if err := r.rearm(); err != nil {
				return err
			}
		}
		n, err := syscall.EpollWait(r.epoll, events[:], r.timeout())
		if err != nil && !errors.Is(err, syscall.EINTR) {
			return fmt.Errorf("waiting: %w", err)
		}
		for _, ev := range events[:max(n, 0)] {
			if int(ev.Fd) != r.in.fd {
				continue
			}
			more, err := r.in.fill()
			if err != nil || !more {
				return err
			}
		}
		if r.run != nil {
			if err := r.advance(events[:max(n, 0)]); err != nil {
				return err
			}
		} else if r.zygote != nil && r.helper != nil {
			r.watchIdleHelper(events[:max(n, 0)])
		}
	}
}

// handle acts on one frame.
func (r *runner) handle(kind wire.Kind, payload []byte) error {
	switch {
	case r.run != nil:
		return r.handleDuring(kind, payload)
	case r.gathering != nil:
		return r.gather(kind, payload)
	case r.put != nil:
		if kind != wire.KindData {
			return unexpected(kind)
		}
		return r.receive(payload)
	}
	switch kind {
	case wire.KindStdin, wire.KindStdinEnd, wire.KindStdinCut, wire.KindKill:
		return nil // meant for an Exec that ended meanwhile
	case wire.KindLease:
		return r.lease(payload)
	case wire.KindWipe:
		return r.wipe()
	}
	if r.uid == 0 {
		return fmt.Errorf("%w: %s without a lease", wire.ErrProtocol, kind)
	}
	switch kind {
	case wire.KindPut:
		return r.beginPut(payload)
	case wire.KindRemove:
		return r.remove(payload)
	case wire.KindExec:
		return r.exec(payload)
	case wire.KindGet:
		return r.get(payload)
	case wire.KindAsk:
		return r.ask(payload)
	}
	return unexpected(kind)
}

// timeout is how many milliseconds the loop may wait.
func (r *runner) timeout() int {
	if r.run == nil {
		return -1
	}
	left := r.run.next.Sub(r.run.now())
	return int(max((left+time.Millisecond-1)/time.Millisecond, 0))
}

// watch is the interest that epoll has in a descriptor.
type watch struct {
	epoll  int
	fd     int
	events uint32
}

// set makes events what is waited for; zero forgets the descriptor, so that
// not even its hang-up wakes the loop.
func (w *watch) set(events uint32) error {
	if events == w.events || w.fd < 0 {
		return nil
	}
	op := syscall.EPOLL_CTL_MOD
	switch {
	case events == 0:
		op = syscall.EPOLL_CTL_DEL
	case w.events == 0:
		op = syscall.EPOLL_CTL_ADD
	}
	w.events = events
	ev := syscall.EpollEvent{Events: events, Fd: int32(w.fd)} //nolint:gosec // a descriptor
	if err := syscall.EpollCtl(w.epoll, op, w.fd, &ev); err != nil {
		return fmt.Errorf("watching a descriptor: %w", err)
	}
	return nil
}

// close forgets and closes the descriptor.
func (w *watch) close() {
	if w.fd >= 0 {
		_ = w.set(0) // closing removes it in any case
		closeFD(&w.fd)
	}
}
