package main

import (
	"fmt"
	"strconv"
	"syscall"
	"time"

	"github.com/docketjudge/docket/sandbox/wire"
)

// lease takes on the identity of the programs to come, if the box is as it was
// when it started.
func (r *runner) lease(payload []byte) error {
	l, err := wire.DecodeLease(payload)
	if err != nil {
		return err
	}
	switch {
	case r.uid != 0:
		return r.out.fail("leasing: the last lease was not ended")
	case l.UID < 1000 || l.UID > 1<<31-2 || l.UID == r.opts.helperUID:
		return r.out.fail("leasing: UID " + strconv.FormatUint(uint64(l.UID), 10) + " is not for programs")
	}
	r.reap()
	if pid := r.procs.other(r.helperPID()); pid != 0 {
		return r.out.fail("leasing: process " + strconv.Itoa(pid) + " exists already")
	}
	if reason := r.box.difference(); reason != "" {
		return r.out.fail("leasing: " + reason)
	}
	r.uid = l.UID
	r.meter.lease(r.helperPID())
	return r.out.done()
}

// wipe ends the lease: nothing of it may be left.
func (r *runner) wipe() error {
	reason := r.clean()
	if reason == "" {
		reason = r.box.emptyArtifacts()
	}
	if reason == "" && r.opts.helper == zygote && r.helper == nil {
		reason = "the interpreter is gone"
	}
	if reason == "" {
		reason = r.memoryLeft()
	}
	if reason != "" {
		return r.out.fail("wiping: " + reason)
	}
	r.uid = 0
	return r.out.done()
}

// memoryLeft reports memory that the lease left behind. The kernel is allowed
// a moment, for it settles its counters lazily.
func (r *runner) memoryLeft() string {
	var left int64
	for try := range 20 {
		if left = r.meter.leftover(r.helperPID()); left <= leftoverTolerance {
			return ""
		}
		if try < 19 {
			time.Sleep(time.Duration(try) * time.Millisecond)
		}
	}
	return strconv.FormatInt(left>>10, 10) + " KiB of memory are left behind"
}

// leftoverTolerance is how much more memory than at the start of a lease is
// put down to the kernel's batched accounting.
const leftoverTolerance = 2 << 20

// clean removes what programs left outside of their processes, and says what
// it could not remove. It costs next to nothing where nothing was left.
func (r *runner) clean() string {
	if r.uid == 0 {
		return r.box.difference()
	}
	if left := r.killRest(); left != "" {
		return left
	}
	return r.box.clean(r.uid)
}

// put is a file on its way in.
type put struct {
	path string
	fd   int
	left uint64
	exec bool
	err  string // why it fails; its content is read and dropped
}

func (r *runner) beginPut(payload []byte) error {
	m, err := wire.DecodePut(payload)
	if err != nil {
		return err
	}
	r.put = &put{path: m.Path, fd: -1, left: m.Size, exec: m.Exec}
	if err := r.put.create(); err != nil {
		r.put.err = err.Error()
	}
	return r.endPut()
}

// create opens the file anew. Programs cannot write below /box, so nobody
// can have laid links there.
func (p *put) create() error {
	if !belowBox(p.path) {
		return fmt.Errorf("%q is not a path below %s", p.path, boxDir)
	}
	for i := len(boxDir) + 1; i < len(p.path); i++ {
		if p.path[i] != '/' {
			continue
		}
		if err := syscall.Mkdir(p.path[:i], 0o755); err != nil && err != syscall.EEXIST {
			return fmt.Errorf("making directory %s: %w", p.path[:i], err)
		}
	}
	if err := syscall.Unlink(p.path); err != nil && err != syscall.ENOENT {
		return fmt.Errorf("replacing %s: %w", p.path, err)
	}
	fd, err := syscall.Open(p.path, syscall.O_WRONLY|syscall.O_CREAT|syscall.O_EXCL|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0o600)
	if err != nil {
		return fmt.Errorf("creating %s: %w", p.path, err)
	}
	p.fd = fd
	return nil
}

// receive takes a part of the file's content.
func (r *runner) receive(data []byte) error {
	p := r.put
	if uint64(len(data)) > p.left {
		return fmt.Errorf("%w: %s is longer than announced", wire.ErrProtocol, p.path)
	}
	p.left -= uint64(len(data))
	for len(data) > 0 && p.err == "" {
		n, e := write(p.fd, data)
		if e != 0 {
			p.err = "writing " + p.path + ": " + e.Error()
		}
		data = data[n:]
	}
	return r.endPut()
}

// endPut answers when all of the content was received.
func (r *runner) endPut() error {
	p := r.put
	if p.left > 0 {
		return nil
	}
	r.put = nil
	if p.err == "" {
		mode := uint32(0o444)
		if p.exec {
			mode = 0o555
		}
		if err := syscall.Fchmod(p.fd, mode); err != nil {
			p.err = "protecting " + p.path + ": " + err.Error()
		}
	}
	if p.fd >= 0 {
		// Closed before the answer: a file that is open for writing cannot be
		// executed.
		closeFD(&p.fd)
	}
	if p.err != "" {
		_ = syscall.Unlink(p.path) // a part of a file; the failure is reported
		return r.out.fail("putting: " + p.err)
	}
	return r.out.done()
}

// remove deletes a file or directory below /box.
func (r *runner) remove(payload []byte) error {
	m, err := wire.DecodePath(payload)
	if err != nil {
		return err
	}
	if !belowBox(m.Path) {
		return r.out.fail("removing: " + strconv.Quote(m.Path) + " is not a path below " + boxDir)
	}
	if err := syscall.Unlink(m.Path); err == nil || err == syscall.ENOENT {
		return r.out.done()
	}
	fd, e := openat(atFDCWD, m.Path, syscall.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NOFOLLOW)
	if e != 0 {
		return r.out.fail("removing " + m.Path + ": " + e.Error())
	}
	emptyDir(fd)
	closeFD(&fd)
	if err := syscall.Rmdir(m.Path); err != nil {
		return r.out.fail("removing " + m.Path + ": " + err.Error())
	}
	return r.out.done()
}
