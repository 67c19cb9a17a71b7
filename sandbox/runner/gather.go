package main

import (
	"fmt"
	"strconv"
	"syscall"
	"unsafe"

	"github.com/docketjudge/docket/sandbox/wire"
)

// inputFile is a file in memory that becomes the standard input of a program:
// judges that redirect a file have programs that ask for its size or map it.
type inputFile struct {
	req   wire.Exec
	fd    int
	size  int
	taken int // bytes that credit is still to be given for
}

// gatherInput begins to take the standard input of a program.
func (r *runner) gatherInput(e wire.Exec) error {
	fd, errno := memfd("stdin")
	if errno != 0 {
		return r.out.fail("holding standard input: " + errno.Error())
	}
	r.gathering = &inputFile{req: e, fd: fd}
	return nil
}

// gather acts on a frame that came before the program was started.
func (r *runner) gather(kind wire.Kind, payload []byte) error {
	g := r.gathering
	switch kind {
	case wire.KindStdin, wire.KindStdinEnd, wire.KindKill:
	default:
		return unexpected(kind)
	}
	in, err := wire.DecodeInput(payload)
	if err != nil || in.Run != g.req.Run {
		return err // of no error: meant for an Exec that ended meanwhile
	}
	switch kind {
	case wire.KindStdin:
		return r.gatherPart(in.Data)
	case wire.KindStdinEnd:
		r.gathering = nil
		input, errno := sealed(g.fd)
		closeFD(&g.fd)
		if errno != 0 {
			return r.out.fail("holding standard input: " + errno.Error())
		}
		return r.start(g.req, input)
	}
	r.dropInput()
	r.out.begin(wire.KindExited)
	r.out.buf = wire.Exited{Signal: int32(syscall.SIGKILL), Stopped: wire.StoppedByRequest}.Append(r.out.buf)
	r.out.end()
	return r.out.drain()
}

func (r *runner) gatherPart(p []byte) error {
	g := r.gathering
	if g.size += len(p); g.size > wire.MaxInputFile {
		return fmt.Errorf("%w: standard input beyond the bound of a file", wire.ErrProtocol)
	}
	g.taken += len(p)
	for len(p) > 0 {
		n, errno := write(g.fd, p)
		if errno != 0 {
			r.dropInput()
			return r.out.fail("holding standard input: " + errno.Error())
		}
		p = p[n:]
	}
	if g.taken < wire.Window/4 {
		return nil
	}
	r.out.frame(wire.KindCredit, wire.AppendUint32(nil, uint32(g.taken))) //nolint:gosec // at most Window and a frame
	g.taken = 0
	return r.out.drain()
}

func (r *runner) dropInput() {
	closeFD(&r.gathering.fd)
	r.gathering = nil
}

const (
	mfdCloexec = 0x1
	mfdSealing = 0x2
	mfdNoexec  = 0x8 // since Linux 6.3; includes mfdSealing
	fAddSeals  = 1033
	everySeal  = 0xf // no more seals, no shrinking, growing or writing
)

// memfd makes a file in memory that can be sealed.
func memfd(name string) (int, syscall.Errno) {
	p, err := path0(name)
	if err != nil {
		return -1, syscall.EINVAL
	}
	fd, _, e := syscall.RawSyscall(sysMemfdCreate, uintptr(unsafe.Pointer(p)), mfdCloexec|mfdNoexec, 0)
	if e == syscall.EINVAL {
		fd, _, e = syscall.RawSyscall(sysMemfdCreate, uintptr(unsafe.Pointer(p)), mfdCloexec|mfdSealing, 0)
	}
	if e != 0 {
		return -1, e
	}
	return int(fd), 0
}

// sealed opens a file in memory anew, for reading from its beginning, after
// which nobody can change it.
func sealed(fd int) (int, syscall.Errno) {
	if _, e := fcntl(fd, fAddSeals, everySeal); e != 0 {
		return -1, e
	}
	return openat(atFDCWD, "/proc/self/fd/"+strconv.Itoa(fd), syscall.O_RDONLY)
}
