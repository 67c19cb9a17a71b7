package main

import (
	"fmt"
	"strconv"
	"syscall"
	"time"
)

// procTable lists the processes of the box.
type procTable struct {
	fd         int
	dir, tasks dirReader
}

func (p *procTable) open() error {
	fd, e := openat(atFDCWD, "/proc", syscall.O_RDONLY|syscall.O_DIRECTORY)
	if e != 0 {
		return fmt.Errorf("opening /proc: %w", e)
	}
	p.fd = fd
	return nil
}

// other returns the PID of a process that is neither the runner nor the
// helper, or zero. Processes that ended and await their parent count.
func (p *procTable) other(helper int) int {
	p.dir.rewind(p.fd)
	for {
		name, _, ok := p.dir.next()
		if !ok {
			return 0
		}
		if name[0] < '0' || name[0] > '9' {
			continue
		}
		pid, err := strconv.Atoi(string(name))
		if err == nil && pid != 1 && pid != helper {
			return pid
		}
	}
}

// reap takes leave of every child that ended. PID 1 inherits all orphans. It
// reports whether the runner has no children at all, in which case the box has
// no other processes: each would descend from one.
func (r *runner) reap() (childless bool) {
	for {
		var ws syscall.WaitStatus
		var ru syscall.Rusage
		pid, err := syscall.Wait4(-1, &ws, syscall.WNOHANG, &ru)
		switch {
		case err == syscall.EINTR:
			continue
		case err != nil:
			return err == syscall.ECHILD
		case pid == 0:
			return false
		}
		if r.helper != nil && pid == r.helper.pid {
			r.helper.ended(ws)
			r.helper = nil
		}
		if x := r.run; x != nil && pid == x.pid && !x.forked {
			x.mainEnded(ws, &ru)
		}
	}
}

// killRest kills all that is left of a run and waits until it is gone. It says
// what did not go.
func (r *runner) killRest() string {
	pause := 20 * time.Microsecond
	for waited := time.Duration(0); ; {
		if r.reap() {
			return ""
		}
		left := 0
		if r.helper != nil {
			if left = r.procs.other(r.helper.pid); left == 0 {
				return ""
			}
		}
		if waited > killPatience {
			return "process " + strconv.Itoa(max(left, r.procs.other(r.helperPID()))) + " does not end"
		}
		if e := killAll(r.uid); e != 0 {
			return "killing processes: " + e.Error()
		}
		time.Sleep(pause)
		waited += pause
		pause = min(2*pause, 2*time.Millisecond)
	}
}

// killPatience is how long killed processes may take to end.
const killPatience = 5 * time.Second

func (r *runner) helperPID() int {
	if r.helper == nil {
		return 0
	}
	return r.helper.pid
}
