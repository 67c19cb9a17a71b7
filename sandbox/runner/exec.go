package main

import (
	"fmt"
	"strconv"
	"syscall"
	"time"

	"github.com/docketjudge/docket/sandbox/wire"
)

// pipeSize is how much the pipes of programs and of the connection hold.
const pipeSize = 256 << 10

// execution is one run of a program.
type execution struct {
	req    wire.Exec
	forked bool // by the zygote, which then reports its end
	pid    int  // of the main process; zero until the zygote told
	end    watch
	stdin  feed
	cutOff cutOff // how it waits for more of an input that was cut off
	input  int    // the file that is the standard input, or -1
	stdout capture
	stderr capture
	lazy   laziness

	began     time.Time
	next      time.Time // when to look again
	cpuBefore int64     // nanoseconds that the box had used before
	peak      peak

	oomBefore int64
	res       wire.Exited
	over      bool      // the main process ended
	failure   string    // the judge's fault; nothing of the program counts
	spoiled   string    // why the box can no longer be trusted; the result counts
	stopped   time.Time // when it was first killed
}

func (x *execution) now() time.Time { return time.Now() }

// exec starts a program.
func (r *runner) exec(payload []byte) error {
	e, err := wire.DecodeExec(payload)
	if err != nil {
		return err
	}
	if reason := r.refusal(&e); reason != "" {
		return r.out.fail("starting: " + reason)
	}
	if e.InputFile {
		return r.gatherInput(e)
	}
	return r.start(e, -1)
}

// start starts a program, with the file input as its standard input unless
// that is -1.
func (r *runner) start(e wire.Exec, input int) error {
	if reason := makeParents(r.uid, e.Dir, e.Collect); reason != "" {
		closeFD(&input)
		return r.abandon(reason)
	}
	x := &execution{req: e, input: input, forked: e.Mode != wire.Spawn}
	x.end = watch{epoll: r.epoll, fd: -1}
	var theirs [3]int
	if reason := x.pipes(r.epoll, r.uid, &theirs); reason != "" {
		x.close()
		return r.abandon(reason)
	}
	r.measureBefore(x)
	var reason string
	x.began = time.Now()
	if x.forked {
		reason = r.fork(x, theirs)
	} else {
		reason = r.spawn(x, theirs)
	}
	for i := range theirs {
		if theirs[i] != x.input {
			closeFD(&theirs[i]) // the program has them now
		}
	}
	if reason != "" {
		x.close()
		return r.abandon(reason)
	}
	x.next = time.Now().Add(firstSample)
	r.run = x
	return nil
}

// abandon reports a program that could not be started.
func (r *runner) abandon(reason string) error {
	if left := r.clean(); left != "" {
		reason += "; " + left
	}
	return r.out.fail("starting: " + reason)
}

// refusal says what is wrong with a request, or is empty.
func (r *runner) refusal(e *wire.Exec) string {
	switch {
	case e.Mode > wire.Check:
		return "unknown mode"
	case len(e.Argv) == 0:
		return "no program"
	case len(e.Dir) == 0 || e.Dir[0] != '/':
		return "no working directory"
	case e.CPUStop <= 0 || e.WallStop <= 0 || e.MemoryStop == 0 || e.OutputStop == 0 || e.StderrCap == 0:
		return "a bound is zero"
	case e.Mode != wire.Spawn && r.zygote == nil:
		return "this box has no interpreter to fork"
	}
	for _, name := range e.Collect {
		if !belowDir(name) {
			return strconv.Quote(name) + " is not a path below the working directory"
		}
	}
	return ""
}

// pipes makes the program's standard streams. They belong to its own UID, so
// that it can open them by name (/dev/stdin and the like).
func (x *execution) pipes(epoll int, uid uint32, theirs *[3]int) string {
	*theirs = [3]int{-1, -1, -1}
	ours := [3]int{-1, -1, -1}
	becomeFS(uid)
	var err error
	for i := range theirs {
		if i == 0 && x.input >= 0 {
			theirs[0] = x.input
			x.stdin.ended = true
			continue
		}
		var p [2]int
		if err = syscall.Pipe2(p[:], syscall.O_CLOEXEC); err != nil {
			break
		}
		if i == 0 {
			theirs[i], ours[i] = p[0], p[1]
		} else {
			ours[i], theirs[i] = p[0], p[1]
		}
		if i < 2 {
			_, _ = fcntl(p[0], fSetPipeSize, pipeSize) // the usual size does
		}
		if e := setNonblock(ours[i]); e != 0 {
			err = e
			break
		}
	}
	becomeFS(0)
	x.stdin.to = watch{epoll: epoll, fd: ours[0]}
	x.stdout.from = watch{epoll: epoll, fd: ours[1]}
	x.stderr.from = watch{epoll: epoll, fd: ours[2]}
	if err != nil {
		for i := range theirs {
			if theirs[i] != x.input {
				closeFD(&theirs[i])
			}
		}
		return "making pipes: " + err.Error()
	}
	return ""
}

// spawn starts the program as a child.
func (r *runner) spawn(x *execution, theirs [3]int) string {
	r.self.exposed()
	pid, err := syscall.ForkExec(x.req.Argv[0], x.req.Argv, &syscall.ProcAttr{
		Dir:   x.req.Dir,
		Env:   x.req.Env,
		Files: []uintptr{uintptr(theirs[0]), uintptr(theirs[1]), uintptr(theirs[2])},
		Sys: &syscall.SysProcAttr{
			Credential: &syscall.Credential{Uid: r.uid, Gid: r.uid},
			Setsid:     true,
		},
	})
	r.self.cover()
	if err != nil {
		return "executing " + x.req.Argv[0] + ": " + err.Error()
	}
	x.pid = pid
	if fd, e := pidfdOpen(pid); e == 0 {
		x.end.fd = fd
	}
	return ""
}

// handleDuring acts on a frame that came while a program runs.
func (r *runner) handleDuring(kind wire.Kind, payload []byte) error {
	x := r.run
	switch kind {
	case wire.KindStdin, wire.KindStdinEnd, wire.KindStdinCut, wire.KindKill:
	default:
		return unexpected(kind)
	}
	in, err := wire.DecodeInput(payload)
	if err != nil || in.Run != x.req.Run {
		return err // of no error: meant for an Exec that ended meanwhile
	}
	switch kind {
	case wire.KindStdin:
		return x.stdin.take(in.Data, &r.out)
	case wire.KindStdinEnd:
		x.stdin.ended = true
		x.stdin.closeIfDone()
	case wire.KindStdinCut:
		x.stdin.cut = true
		x.next = x.now()
	case wire.KindKill:
		r.stop(wire.StoppedByRequest)
	}
	return nil
}

// stop ends the run for a reason, unless it has one already or has ended.
func (r *runner) stop(why wire.Stop) {
	x := r.run
	if x.over {
		return
	}
	if x.res.Stopped == wire.NotStopped {
		x.res.Stopped = why
		x.stopped = time.Now()
		x.next = x.stopped
	}
	if e := killAll(r.uid); e != 0 {
		x.failure = "killing: " + e.Error()
		x.over = true
	}
}

// mainEnded records the end of the main process.
func (x *execution) mainEnded(ws syscall.WaitStatus, ru *syscall.Rusage) {
	x.res.Wall = time.Since(x.began)
	x.over = true
	if ws.Signaled() {
		x.res.Signal = int32(ws.Signal()) //nolint:gosec // a signal number
	} else {
		x.res.ExitCode = int32(ws.ExitStatus()) //nolint:gosec // an exit code
	}
	x.peak.ended(ru.Maxrss << 10)
}

// rearm waits for what there is to wait for.
func (r *runner) rearm() error {
	x := r.run
	if err := r.out.flush(); err != nil {
		return err
	}
	clogged := r.out.waiting()
	if clogged {
		if err := r.back.set(syscall.EPOLLOUT); err != nil {
			return err
		}
	} else if err := r.back.set(0); err != nil {
		return err
	}
	read := uint32(0)
	if !clogged && x.eager() {
		read = syscall.EPOLLIN
	}
	if err := x.stdout.from.set(read); err != nil {
		return err
	}
	if err := x.stderr.from.set(read); err != nil {
		return err
	}
	if err := x.end.set(syscall.EPOLLIN); err != nil {
		return err
	}
	return x.stdin.rearm()
}

// advance does what has become possible, and finishes the run when its main
// process has ended.
func (r *runner) advance(events []syscall.EpollEvent) error {
	x := r.run
	ended := len(events) == 0 || x.end.fd < 0
	for i := range events {
		switch int(events[i].Fd) {
		case x.stdin.to.fd:
			x.stdin.push(&r.out)
		case x.stdout.from.fd, x.stderr.from.fd:
			x.lazy.ready = true
		case x.end.fd:
			ended = true
		default:
			if r.zygote != nil && int(events[i].Fd) == r.zygote.fd {
				r.zygoteSpoke()
			}
		}
	}
	if ended {
		r.reap()
	}
	if !x.over {
		if x.lazy.ready {
			x.lazy.ready = false
			r.relay()
		}
		r.tick()
	}
	if x.over {
		return r.finish()
	}
	return nil
}

// close lets go of everything that belongs to the run.
func (x *execution) close() {
	x.stdin.close()
	// Until here what it holds is part of what the box had before the run.
	closeFD(&x.input)
	x.stdout.from.close()
	x.stderr.from.close()
	x.end.close()
	x.peak.close()
}

// String is for messages.
func (x *execution) String() string { return fmt.Sprintf("run of %q", x.req.Argv) }
