package main

import (
	"fmt"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/docketjudge/docket/sandbox/wire"
)

// zygoteSocket is the connection to the warm Python interpreter. Its protocol
// is described at the top of images/python/zygote.py. Programs cannot reach
// the socket; what comes from it is trusted, but not to be well-formed.
type zygoteSocket struct {
	fd  int
	buf [8 << 10]byte
}

func (r *runner) startZygote() error {
	pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_SEQPACKET|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("connecting the interpreter: %w", err)
	}
	null, err := syscall.Open("/dev/null", syscall.O_RDWR|syscall.O_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("opening /dev/null: %w", err)
	}
	p, err := r.launch(0, workDir, null, null, 2, pair[1])
	closeFD(&null)
	closeFD(&pair[1])
	if err != nil {
		return err
	}
	r.helper = p
	z := &zygoteSocket{fd: pair[0]}
	if err := waitReadable(z.fd, time.Now().Add(startPatience)); err != nil {
		return fmt.Errorf("starting the interpreter: %w", err)
	}
	n, _, err := syscall.Recvfrom(z.fd, z.buf[:], 0)
	if err != nil {
		return fmt.Errorf("starting the interpreter: %w", err)
	}
	if pid, ok := jsonNumber(z.buf[:n], "ready"); !ok || int(pid) != p.pid {
		return fmt.Errorf("starting the interpreter: it says %q", z.buf[:n])
	}
	if e := setNonblock(z.fd); e != 0 {
		return fmt.Errorf("starting the interpreter: %w", e)
	}
	w := watch{epoll: r.epoll, fd: z.fd}
	if err := w.set(syscall.EPOLLIN); err != nil {
		return err
	}
	r.zygote = z
	return nil
}

// fork has the interpreter start the program.
func (r *runner) fork(x *execution, theirs [3]int) string {
	if r.helper == nil {
		return "the interpreter is gone"
	}
	request := zygoteRequest(&x.req, r.uid)
	rights := syscall.UnixRights(theirs[:]...)
	if len(request) > 64<<10 {
		return "request to the interpreter is too large"
	}
	if err := syscall.Sendmsg(r.zygote.fd, request, rights, nil, syscall.MSG_NOSIGNAL); err != nil {
		return "asking the interpreter: " + err.Error()
	}
	return ""
}

// zygoteRequest is the request for one run.
func zygoteRequest(e *wire.Exec, uid uint32) []byte {
	b := []byte(`{"mode":"run","argv":[`)
	if e.Mode == wire.Check {
		b = []byte(`{"mode":"check","files":[`)
	}
	for i, a := range e.Argv {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(b, a)
	}
	b = append(b, `],"env":{`...)
	first := true
	for _, v := range e.Env {
		name, value, ok := strings.Cut(v, "=")
		if !ok || name == "" {
			continue // no variable, to any program
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = appendJSON(b, name)
		b = append(b, ':')
		b = appendJSON(b, value)
	}
	b = append(b, `},"cwd":`...)
	b = appendJSON(b, e.Dir)
	b = append(b, `,"uid":`...)
	b = strconv.AppendUint(b, uint64(uid), 10)
	b = append(b, `,"gid":`...)
	b = strconv.AppendUint(b, uint64(uid), 10)
	if e.AddressSpace > 0 {
		b = append(b, `,"data":`...)
		b = strconv.AppendUint(b, e.AddressSpace, 10)
	}
	return append(b, '}')
}

// zygoteSpoke reads what the interpreter has to say about the run.
func (r *runner) zygoteSpoke() {
	x, z := r.run, r.zygote
	for {
		n, _, err := syscall.Recvfrom(z.fd, z.buf[:], 0)
		if err == syscall.EINTR {
			continue
		}
		if err == syscall.EAGAIN {
			return
		}
		if err != nil || n == 0 {
			r.zygoteGone()
			if r.meter.oomKills() == x.oomBefore {
				x.failure, x.over = "the interpreter died", true
				return
			}
			// A program can fill memory that is nobody's in particular, such as
			// the buffers of sockets, and look smaller than the interpreter.
			x.spoiled = "the interpreter was killed for memory"
			x.mainEnded(syscall.WaitStatus(syscall.SIGKILL), &syscall.Rusage{})
			return
		}
		msg := z.buf[:n]
		if pid, ok := jsonNumber(msg, "started"); ok {
			x.pid = int(pid)
			continue
		}
		if _, ok := jsonNumber(msg, "exited"); ok {
			status, _ := jsonNumber(msg, "status")
			maxrss, _ := jsonNumber(msg, "maxrss_kib")
			x.mainEnded(syscall.WaitStatus(status), &syscall.Rusage{Maxrss: maxrss}) //nolint:gosec // a wait status
			x.res.OutOfMemory = jsonTrue(msg, "memory_error")
			continue
		}
		reason, ok := jsonString(msg, "error")
		switch {
		case !ok:
			x.failure = "the interpreter says " + strconv.Quote(string(msg))
		case x.res.Stopped != wire.NotStopped:
			// Killed before it had become the program.
			x.mainEnded(syscall.WaitStatus(syscall.SIGKILL), &syscall.Rusage{})
			continue
		default:
			x.failure = "the interpreter: " + reason
		}
		x.over = true
	}
}

// zygoteGone ends an interpreter that has closed its connection. The process
// may still be on its way out, or be alive; it is of no use any more, so it is
// killed and reaped here, and r.helper is nil from then on.
func (r *runner) zygoteGone() {
	if r.zygote.fd >= 0 {
		w := watch{epoll: r.epoll, fd: r.zygote.fd, events: syscall.EPOLLIN}
		w.close()
		r.zygote.fd = -1
	}
	r.killHelper()
}

// zygoteAnswers reports whether the interpreter lives, after the kernel has
// killed a process for memory: the interpreter refuses an empty request, which
// it cannot do once it has been killed.
func (r *runner) zygoteAnswers() bool {
	if r.helper == nil || r.zygote.fd < 0 {
		return false
	}
	z := r.zygote
	err := syscall.Sendmsg(z.fd, []byte("{}"), nil, nil, syscall.MSG_NOSIGNAL)
	if err == nil {
		err = waitReadable(z.fd, time.Now().Add(killPatience))
	}
	var n int
	if err == nil {
		n, _, err = syscall.Recvfrom(z.fd, z.buf[:], 0)
	}
	if err == nil && n > 0 {
		if _, refused := jsonString(z.buf[:n], "error"); refused {
			return true
		}
	}
	r.zygoteGone()
	return false
}

// watchIdleHelper notices that the interpreter died while nothing runs.
func (r *runner) watchIdleHelper(events []syscall.EpollEvent) {
	for i := range events {
		if int(events[i].Fd) == r.zygote.fd {
			r.zygoteGone()
		}
	}
}
