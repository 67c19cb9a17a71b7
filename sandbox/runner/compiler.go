package main

import (
	"errors"
	"fmt"
	"syscall"
	"time"

	"github.com/docketjudge/docket/sandbox/wire"
)

// compilerReady is the byte that a compile server writes once when it is up.
const compilerReady = 0x06

// startCompiler starts the compile server, in a session and under a UID of its
// own. It is not waited for.
func (r *runner) startCompiler() error {
	var in, out [2]int
	if err := syscall.Pipe2(in[:], syscall.O_CLOEXEC); err != nil {
		return fmt.Errorf("connecting the compiler: %w", err)
	}
	if err := syscall.Pipe2(out[:], syscall.O_CLOEXEC); err != nil {
		return fmt.Errorf("connecting the compiler: %w", err)
	}
	p, err := r.launch(r.opts.helperUID, "/", in[0], out[1], 2)
	closeFD(&in[0])
	closeFD(&out[1])
	if err == nil {
		if e := setNonblock(in[1]); e != 0 {
			err = e
		} else if e := setNonblock(out[0]); e != 0 {
			err = e
		}
	}
	if err != nil {
		closeFD(&in[1])
		closeFD(&out[0])
		return err
	}
	p.in, p.out = in[1], out[0]
	r.helper = p
	return nil
}

// awaitCompiler waits until the compile server is up.
func (r *runner) awaitCompiler(deadline time.Time) error {
	p := r.helper
	if p.ready {
		return nil
	}
	if err := waitReadable(p.out, deadline); err != nil {
		return fmt.Errorf("starting the compiler: %w", err)
	}
	var b [1]byte
	n, e := read(p.out, b[:])
	switch {
	case e != 0:
		return fmt.Errorf("starting the compiler: %w", e)
	case n == 0:
		return fmt.Errorf("starting the compiler: %w", errClosed)
	case b[0] != compilerReady:
		return errors.New("starting the compiler: it wrote something else than its ready mark")
	}
	p.ready = true
	return nil
}

var errClosed = errors.New("it closed its output")

// Bounds of the three parts of an answer, which follow a status byte.
var answerBounds = [...]int64{4 << 10, 64 << 10, 16 << 20}

// answer follows the structure of a compile server's answer while its bytes
// are passed on, to find its end.
type answer struct {
	status bool  // seen
	part   int   // which of the three is being read
	head   int   // bytes of its length seen
	size   int64 // its length, so far
	left   int64 // bytes of it to come
}

// follow takes more bytes. It fails when a part is too long or bytes follow
// the end.
func (a *answer) follow(b []byte) error {
	for len(b) > 0 {
		switch {
		case a.part == len(answerBounds):
			return errors.New("bytes after the end of the answer")
		case !a.status:
			a.status, b = true, b[1:]
		case a.head < 4:
			a.size = a.size<<8 | int64(b[0])
			a.head++
			b = b[1:]
			if a.head < 4 {
				break
			}
			if a.size > answerBounds[a.part] {
				return errors.New("a part of the answer is too long")
			}
			if a.left = a.size; a.left == 0 {
				a.nextPart()
			}
		default:
			n := min(a.left, int64(len(b)))
			a.left -= n
			b = b[n:]
			if a.left == 0 {
				a.nextPart()
			}
		}
	}
	return nil
}

func (a *answer) nextPart() { a.part, a.head, a.size = a.part+1, 0, 0 }

func (a *answer) complete() bool { return a.part == len(answerBounds) }

// ask passes a request on to the compile server and its answer back. The
// server is killed and started anew if it does not answer as it should.
func (r *runner) ask(payload []byte) error {
	ms, err := wire.DecodeUint32(payload)
	if err != nil {
		return err
	}
	deadline := time.Now().Add(time.Duration(ms) * time.Millisecond)
	var trouble, fatal error
	if r.opts.helper != compiler {
		trouble = errors.New("this box has no compiler")
	} else {
		r.reap()
		if r.helper != nil && r.helper.ready && readable(r.helper.out) {
			// It has ended, or is about to, or says what nobody asked for.
			r.killHelper()
		}
		if r.helper == nil {
			// Nobody has lost anything yet.
			trouble = r.startCompiler()
		}
		if trouble == nil {
			// A start takes its own time, not the request's.
			began := time.Now()
			trouble = r.awaitCompiler(began.Add(startPatience))
			deadline = deadline.Add(time.Since(began))
		}
	}
	x := exchange{r: r, deadline: deadline}
	if trouble == nil {
		trouble, fatal = x.run()
		if fatal != nil {
			return fatal
		}
	}
	if trouble == nil {
		return r.out.done()
	}
	// The worker sends the whole request, whatever becomes of it.
	for !x.asked {
		if err := x.nextFrame(false); err != nil {
			return err
		}
	}
	reason := wire.CompilerDied
	if errors.Is(trouble, errTimedOut) {
		reason = wire.CompilerTimedOut
	}
	reason += ": " + trouble.Error()
	if r.opts.helper == compiler {
		r.killHelper()
		if err := r.startCompiler(); err != nil {
			reason += "; " + err.Error()
		}
	}
	return r.out.fail(reason)
}

// exchange is one request and its answer on their way.
type exchange struct {
	r        *runner
	deadline time.Time
	request  []byte // of the current frame, what the server did not take yet
	asked    bool   // the request was received whole
	answer   answer
}

// run passes bytes both ways until both directions are complete. Trouble is
// the server's; fatal is about the connection.
func (x *exchange) run() (trouble, fatal error) {
	p := x.r.helper
	for !x.asked || len(x.request) > 0 || !x.answer.complete() {
		if len(x.request) > 0 {
			n, e := write(p.in, x.request)
			if e != 0 && e != syscall.EAGAIN {
				return fmt.Errorf("passing the request on: %w", e), nil
			}
			x.request = x.request[n:]
		}
		fds := [2]pollfd{{fd: int32(p.out), events: pollIn}, {fd: -1}} //nolint:gosec // a descriptor
		switch {
		case len(x.request) > 0:
			fds[1] = pollfd{fd: int32(p.in), events: pollOut} //nolint:gosec // likewise
		case !x.asked:
			if err := x.takeFrame(); err != nil {
				return nil, err
			}
			if len(x.request) > 0 || x.asked {
				continue
			}
			fds[1] = pollfd{fd: int32(x.r.in.fd), events: pollIn} //nolint:gosec // likewise
		}
		left := time.Until(x.deadline)
		if left <= 0 {
			return errTimedOut, nil
		}
		if _, e := poll(fds[:], int64(left/time.Millisecond)+1); e != 0 && e != syscall.EINTR {
			return nil, fmt.Errorf("waiting for the compiler: %w", e)
		}
		if fds[1].revents != 0 && !x.asked && len(x.request) == 0 {
			if err := x.nextFrame(true); err != nil {
				return nil, err
			}
		}
		if fds[0].revents != 0 {
			if trouble, fatal := x.relay(p); trouble != nil || fatal != nil {
				return trouble, fatal
			}
		}
	}
	return nil, nil
}

// takeFrame takes a frame of the request that was read already, if there is.
func (x *exchange) takeFrame() error {
	kind, payload, err := x.r.in.next()
	switch {
	case err != nil:
		return err
	case kind == wire.KindData:
		x.request = payload
	case kind == wire.KindEnd:
		x.asked = true
	case kind != 0:
		return unexpected(kind)
	}
	return nil
}

// nextFrame reads the connection and takes a frame. Unless keep is set its
// content is dropped.
func (x *exchange) nextFrame(keep bool) error {
	if err := x.takeFrame(); err != nil {
		return err
	}
	if x.asked || len(x.request) > 0 {
		if !keep {
			x.request = nil
		}
		return nil
	}
	more, err := x.r.in.fill()
	if err != nil {
		return err
	}
	if !more {
		return fmt.Errorf("%w: connection ended within a request", wire.ErrProtocol)
	}
	return nil
}

// relay passes a part of the answer back.
func (x *exchange) relay(p *process) (trouble, fatal error) {
	out := &x.r.out
	out.begin(wire.KindData)
	at := len(out.buf)
	n, e := read(p.out, out.buf[at:at+out.room()])
	if e != 0 || n == 0 {
		out.cancel()
		if e == syscall.EAGAIN {
			return nil, nil
		}
		return errClosed, nil
	}
	if err := x.answer.follow(out.buf[at : at+n]); err != nil {
		out.cancel()
		return err, nil
	}
	out.buf = out.buf[:at+n]
	out.end()
	return nil, out.drain()
}
