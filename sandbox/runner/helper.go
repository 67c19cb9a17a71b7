package main

import (
	"errors"
	"fmt"
	"strconv"
	"syscall"
	"time"
)

// startPatience is how long a helper may take until it is ready.
const startPatience = 60 * time.Second

// process is a helper that runs.
type process struct {
	pid   int
	statm int
	// Of a compiler: its standard input and output.
	in, out int
	ready   bool
	fate    string // how it ended
}

// startHelper starts the helper that the command line names and waits until it
// is ready.
func (r *runner) startHelper() error {
	switch r.opts.helper {
	case zygote:
		return r.startZygote()
	case compiler:
		if err := r.startCompiler(); err != nil {
			return err
		}
		return r.awaitCompiler(time.Now().Add(startPatience))
	}
	return nil
}

// launch starts a helper with the given descriptors as its 0, 1, 2, ...
func (r *runner) launch(uid uint32, dir string, files ...int) (*process, error) {
	attr := &syscall.ProcAttr{Dir: dir, Env: syscall.Environ(), Sys: &syscall.SysProcAttr{Setsid: true}}
	if uid != 0 {
		attr.Sys.Credential = &syscall.Credential{Uid: uid, Gid: uid}
	}
	for _, fd := range files {
		attr.Files = append(attr.Files, uintptr(fd))
	}
	pid, err := syscall.ForkExec(r.opts.helperArgv[0], r.opts.helperArgv, attr) //nolint:gosec // the command line is the worker's
	if err != nil {
		return nil, fmt.Errorf("starting the %s: %w", r.opts.helper, err)
	}
	return &process{pid: pid, statm: openStatm(pid), in: -1, out: -1}, nil
}

// resident is the helper's resident memory, and the file pages in it.
func (p *process) resident(pageSize int64) (total, shared int64) {
	return readStatm(p.statm, pageSize)
}

// ended records that the process is gone.
func (p *process) ended(ws syscall.WaitStatus) {
	p.fate = "exit code " + strconv.Itoa(ws.ExitStatus())
	if ws.Signaled() {
		p.fate = "signal " + strconv.Itoa(int(ws.Signal()))
	}
	closeFD(&p.statm)
	closeFD(&p.in)
	closeFD(&p.out)
}

// kill ends the helper and whatever it started in its session.
func (r *runner) killHelper() {
	p := r.helper
	if p == nil {
		return
	}
	_ = syscall.Kill(-p.pid, syscall.SIGKILL) // gone already is as good
	for r.helper != nil {
		r.reap()
		if r.helper != nil {
			time.Sleep(100 * time.Microsecond)
		}
	}
}

// waitReadable waits until fd has something to read, or its end.
func waitReadable(fd int, deadline time.Time) error {
	for {
		left := time.Until(deadline)
		if left <= 0 {
			return errTimedOut
		}
		fds := []pollfd{{fd: int32(fd), events: pollIn}} //nolint:gosec // a descriptor
		n, e := poll(fds, int64(left/time.Millisecond)+1)
		if e != 0 && e != syscall.EINTR {
			return fmt.Errorf("waiting: %w", e)
		}
		if n > 0 {
			return nil
		}
	}
}

// readable reports whether fd has something to read, or its end, now.
func readable(fd int) bool {
	fds := []pollfd{{fd: int32(fd), events: pollIn}} //nolint:gosec // a descriptor
	n, _ := poll(fds, 0)
	return n > 0
}

var errTimedOut = errors.New("timed out")
