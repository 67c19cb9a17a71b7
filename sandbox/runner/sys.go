package main

import (
	"syscall"
	"unsafe"
)

// System calls and constants that package syscall lacks, or offers only in a
// form that changes every thread. Numbers are the same on amd64 and arm64.
const (
	sysPidfdOpen   = 434
	fSetPipeSize   = 1031
	fGetPipeSize   = 1032
	atRemoveDir    = 0x200
	unchanged      = ^uintptr(0)
	clockProcessCP = 2 // CLOCK_PROCESS_CPUTIME_ID
)

// becomeFS makes the calling thread act on files as uid and gid. Zero is back
// to root. The thread keeps its identity for everything else, so a program
// gains no way to send it signals.
func becomeFS(uid uint32) {
	// These two calls report no errors; what they were for fails instead.
	_, _, _ = syscall.RawSyscall(syscall.SYS_SETFSGID, uintptr(uid), 0, 0)
	_, _, _ = syscall.RawSyscall(syscall.SYS_SETFSUID, uintptr(uid), 0, 0)
}

// killAll kills every process of uid, and nothing else, at one instant: a
// process that forks meanwhile has its child killed or is itself killed first.
//
// The thread takes on both the real and the effective UID for the call, since
// a match of either with a target's suffices: with a real UID of zero it
// would kill a helper that runs as root. The saved UID stays zero, for the way
// back. Only this thread changes, and it is not the one that decides who may
// send signals to this process.
func killAll(uid uint32) syscall.Errno {
	if uid == 0 {
		return syscall.EINVAL
	}
	id := uintptr(uid)
	if _, _, e := syscall.RawSyscall(syscall.SYS_SETRESUID, id, id, unchanged); e != 0 {
		return e
	}
	_, _, killed := syscall.RawSyscall(syscall.SYS_KILL, unchanged, uintptr(syscall.SIGKILL), 0)
	if _, _, e := syscall.RawSyscall(syscall.SYS_SETRESUID, 0, 0, unchanged); e != 0 {
		return e
	}
	if killed == syscall.ESRCH || killed == syscall.EPERM {
		return 0 // nobody there
	}
	return killed
}

const (
	lastSignal  = 64
	sigsetBytes = lastSignal / 8
	sigIgnore   = 1 // SIG_IGN
	sigSetMask  = 2 // SIG_SETMASK
)

// sigaction is struct kernel_sigaction; on both architectures the handler comes
// first and the whole is no longer than this.
type sigaction struct {
	handler uintptr
	rest    [3]uint64
}

// ignored reports whether a signal is ignored. Package signal tells that of
// most signals only, not of those that C libraries keep for themselves.
func ignored(sig uintptr) bool {
	var now sigaction
	_, _, e := syscall.RawSyscall6(syscall.SYS_RT_SIGACTION, sig, 0, uintptr(unsafe.Pointer(&now)), sigsetBytes, 0, 0)
	return e == 0 && now.handler == sigIgnore
}

// setDefault gives a signal that is ignored its default action. It cannot fail
// for a signal that could be ignored.
func setDefault(sig uintptr) {
	var usual sigaction
	_, _, _ = syscall.RawSyscall6(syscall.SYS_RT_SIGACTION, sig, uintptr(unsafe.Pointer(&usual)), 0, sigsetBytes, 0, 0)
}

// unblockAll lets every signal through to the calling thread.
func unblockAll() {
	var none [sigsetBytes]byte
	_, _, _ = syscall.RawSyscall6(syscall.SYS_RT_SIGPROCMASK, sigSetMask, uintptr(unsafe.Pointer(&none)), 0, sigsetBytes, 0, 0)
}

// pidfdOpen returns a descriptor that becomes readable when the process ends.
func pidfdOpen(pid int) (int, syscall.Errno) {
	fd, _, e := syscall.RawSyscall(sysPidfdOpen, uintptr(pid), 0, 0)
	return int(fd), e
}

func fcntl(fd, cmd, arg int) (int, syscall.Errno) {
	n, _, e := syscall.RawSyscall(syscall.SYS_FCNTL, uintptr(fd), uintptr(cmd), uintptr(arg))
	return int(n), e
}

func setNonblock(fd int) syscall.Errno {
	flags, e := fcntl(fd, syscall.F_GETFL, 0)
	if e != 0 {
		return e
	}
	_, e = fcntl(fd, syscall.F_SETFL, flags|syscall.O_NONBLOCK)
	return e
}

// read and write go to the kernel without telling the scheduler, for
// descriptors that do not block. They repeat interrupted calls.
func read(fd int, p []byte) (int, syscall.Errno) {
	return transfer(syscall.SYS_READ, fd, p)
}

func write(fd int, p []byte) (int, syscall.Errno) {
	return transfer(syscall.SYS_WRITE, fd, p)
}

func transfer(call uintptr, fd int, p []byte) (int, syscall.Errno) {
	if len(p) == 0 {
		return 0, 0
	}
	for {
		n, _, e := syscall.RawSyscall(call, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)))
		if e == syscall.EINTR {
			continue
		}
		if e != 0 {
			return 0, e
		}
		return int(n), 0
	}
}

// readStart reads from the beginning of a file.
func readStart(fd int, p []byte) (int, syscall.Errno) {
	for {
		n, _, e := syscall.RawSyscall6(syscall.SYS_PREAD64, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)), 0, 0, 0)
		if e == syscall.EINTR {
			continue
		}
		if e != 0 {
			return 0, e
		}
		return int(n), 0
	}
}

// pending is how many bytes wait in the pipe fd, as far as can be told.
func pending(fd int) int {
	n, _ := inPipe(fd)
	return n
}

// inPipe is how many bytes wait in the pipe fd, either end of it.
func inPipe(fd int) (int, syscall.Errno) {
	var n int32
	const fionread = 0x541b
	if _, _, e := syscall.RawSyscall(syscall.SYS_IOCTL, uintptr(fd), fionread, uintptr(unsafe.Pointer(&n))); e != 0 {
		return 0, e
	}
	return int(n), 0
}

// cpuClock reads a CPU clock in nanoseconds. One that is not there stands
// still.
func cpuClock(id uintptr) int64 {
	var ts syscall.Timespec
	if _, _, e := syscall.RawSyscall(syscall.SYS_CLOCK_GETTIME, id, uintptr(unsafe.Pointer(&ts)), 0); e != 0 {
		return 0
	}
	return ts.Nano()
}

// clockOf is the id of the CPU clock of another process.
func clockOf(pid int) uintptr { return uintptr(^pid)<<3 | clockProcessCP }

func path0(name string) (*byte, error) { return syscall.BytePtrFromString(name) }

func unlinkat(dir int, name string, flags int) syscall.Errno {
	p, err := path0(name)
	if err != nil {
		return syscall.EINVAL
	}
	_, _, e := syscall.RawSyscall(syscall.SYS_UNLINKAT, uintptr(dir), uintptr(unsafe.Pointer(p)), uintptr(flags))
	return e
}

// unlock gives the owner of a directory all rights to it, where that is
// possible; where it is not, what needs them fails.
func unlock(dir int, name string) {
	if p, err := path0(name); err == nil {
		_, _, _ = syscall.RawSyscall(syscall.SYS_FCHMODAT, uintptr(dir), uintptr(unsafe.Pointer(p)), 0o700)
	}
}

func mkdirat(dir int, name string, mode uint32) syscall.Errno {
	p, err := path0(name)
	if err != nil {
		return syscall.EINVAL
	}
	_, _, e := syscall.RawSyscall(syscall.SYS_MKDIRAT, uintptr(dir), uintptr(unsafe.Pointer(p)), uintptr(mode))
	return e
}

func renameat(from int, old string, to int, name string) syscall.Errno {
	p, err := path0(old)
	if err != nil {
		return syscall.EINVAL
	}
	q, err := path0(name)
	if err != nil {
		return syscall.EINVAL
	}
	_, _, e := syscall.RawSyscall6(syscall.SYS_RENAMEAT, uintptr(from), uintptr(unsafe.Pointer(p)), uintptr(to), uintptr(unsafe.Pointer(q)), 0, 0)
	return e
}

func openat(dir int, name string, flags int) (int, syscall.Errno) {
	for {
		fd, err := syscall.Openat(dir, name, flags|syscall.O_CLOEXEC, 0)
		if err == nil {
			return fd, 0
		}
		e, ok := err.(syscall.Errno) //nolint:errorlint // package syscall wraps nothing
		if !ok {
			return -1, syscall.EINVAL
		}
		if e != syscall.EINTR {
			return -1, e
		}
	}
}

// closeFD closes *fd once.
func closeFD(fd *int) {
	if *fd >= 0 {
		_ = syscall.Close(*fd) // nothing is written behind a pipe or a read-only file
		*fd = -1
	}
}

// pollfd is struct pollfd.
type pollfd struct {
	fd      int32
	events  int16
	revents int16
}

const (
	pollIn  = 0x1
	pollOut = 0x4
)

// poll waits until one of fds is ready, for at most ms milliseconds unless ms
// is negative. The error is EINTR at times.
func poll(fds []pollfd, ms int64) (int, syscall.Errno) {
	var ts *syscall.Timespec
	if ms >= 0 {
		t := syscall.NsecToTimespec(ms * 1e6)
		ts = &t
	}
	n, _, e := syscall.Syscall6(syscall.SYS_PPOLL, uintptr(unsafe.Pointer(unsafe.SliceData(fds))), uintptr(len(fds)), uintptr(unsafe.Pointer(ts)), 0, 8, 0)
	if e != 0 {
		return 0, e
	}
	return int(n), 0
}
