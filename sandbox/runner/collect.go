package main

import (
	"path"
	"strings"
	"syscall"

	"github.com/docketjudge/docket/sandbox/wire"
)

// Directories of a box.
const (
	boxDir  = "/box"  // artifacts: written by the runner only
	workDir = "/work" // where programs run
)

// belowBox reports whether p is a plain path below /box.
func belowBox(p string) bool {
	return strings.HasPrefix(p, boxDir+"/") && path.Clean(p) == p && !strings.ContainsRune(p, 0)
}

// belowDir reports whether name is a plain path below some directory.
func belowDir(name string) bool {
	return name != "" && name != "." && name[0] != '/' && name != ".." && !strings.HasPrefix(name, "../") &&
		path.Clean(name) == name && !strings.ContainsRune(name, 0)
}

// makeParents makes, as uid, the directories that the files names need below
// dir.
func makeParents(uid uint32, dir string, names []string) string {
	needed := false
	for _, n := range names {
		needed = needed || strings.Contains(n, "/")
	}
	if !needed {
		return ""
	}
	becomeFS(uid)
	defer becomeFS(0)
	for _, n := range names {
		at, e := openat(atFDCWD, dir, syscall.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NOFOLLOW)
		for {
			first, rest, more := strings.Cut(n, "/")
			if !more || e != 0 {
				break
			}
			if e = mkdirat(at, first, 0o755); e == 0 || e == syscall.EEXIST {
				var sub int
				sub, e = openat(at, first, syscall.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NOFOLLOW)
				closeFD(&at)
				at = sub
			}
			n = rest
		}
		closeFD(&at)
		if e != 0 {
			return "making directories for " + n + ": " + e.Error()
		}
	}
	return ""
}

// openLeft opens, as uid, a regular file that a program left below dir.
// Links are not followed, neither at the end nor on the way, and no kind of
// file can make the call wait.
func openLeft(uid uint32, dir, name string) (int, syscall.Stat_t, syscall.Errno) {
	becomeFS(uid)
	defer becomeFS(0)
	var st syscall.Stat_t
	at, e := openat(atFDCWD, dir, syscall.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NOFOLLOW)
	for e == 0 {
		first, rest, more := strings.Cut(name, "/")
		flags := syscall.O_RDONLY | syscall.O_NOFOLLOW | syscall.O_NONBLOCK | syscall.O_NOCTTY
		if more {
			flags |= syscall.O_DIRECTORY
		}
		var fd int
		fd, e = openat(at, first, flags)
		closeFD(&at)
		at, name = fd, rest
		if !more {
			break
		}
	}
	if e != 0 {
		return -1, st, e
	}
	if err := syscall.Fstat(at, &st); err != nil || st.Mode&syscall.S_IFMT != syscall.S_IFREG {
		closeFD(&at)
		return -1, st, syscall.EINVAL
	}
	return at, st, 0
}

// collect sends the files that the run was asked for. Absent ones, and what
// is no readable regular file, are left out.
func (r *runner) collect(e *wire.Exec) error {
	for _, name := range e.Collect {
		fd, _, errno := openLeft(r.uid, e.Dir, name)
		if errno != 0 {
			continue
		}
		// A frame needs room for its own name too.
		if err := r.out.drain(); err != nil {
			closeFD(&fd)
			return err
		}
		r.out.begin(wire.KindCollected)
		r.out.buf = wire.Collected{Name: name}.Append(r.out.buf)
		end := len(r.out.buf) + wire.MaxCollected
		for len(r.out.buf) < end {
			n, errno := read(fd, r.out.buf[len(r.out.buf):end])
			if errno != 0 || n == 0 {
				break
			}
			r.out.buf = r.out.buf[:len(r.out.buf)+n]
		}
		r.out.end()
		closeFD(&fd)
	}
	return nil
}

// get sends a file that the last Exec with Keep left in the work directory.
func (r *runner) get(payload []byte) error {
	m, err := wire.DecodePath(payload)
	if err != nil {
		return err
	}
	name := strings.TrimPrefix(m.Path, workDir+"/")
	if !belowDir(name) {
		return r.out.fail("getting: not a path below " + workDir + ": " + m.Path)
	}
	fd, st, errno := openLeft(r.uid, workDir, name)
	if errno != 0 {
		return r.out.fail("getting " + m.Path + ": " + errno.Error())
	}
	defer closeFD(&fd)
	if st.Size < 0 || uint64(st.Size) > m.Max {
		return r.out.fail("getting " + m.Path + ": larger than the bound")
	}
	return r.out.file(fd)
}
