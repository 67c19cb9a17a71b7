package main

import (
	"strconv"
	"syscall"
	"unsafe"
)

const atFDCWD = -0x64

// dirReader lists a directory without package os, whose lists would become
// part of every program's apparent memory.
type dirReader struct {
	fd  int
	buf [8 << 10]byte
	b   []byte
	eof bool
}

func (d *dirReader) rewind(fd int) {
	d.fd, d.b, d.eof = fd, nil, false
	_, _, _ = syscall.RawSyscall(syscall.SYS_LSEEK, uintptr(fd), 0, 0)
}

// next returns the next entry other than . and .., and whether it is a
// directory. The name is valid until the next call.
func (d *dirReader) next() (name []byte, dir, ok bool) {
	const (
		nameAt = int(unsafe.Offsetof(syscall.Dirent{}.Name))
		typeAt = int(unsafe.Offsetof(syscall.Dirent{}.Type))
		sizeAt = int(unsafe.Offsetof(syscall.Dirent{}.Reclen))
	)
	for {
		if len(d.b) == 0 {
			if d.eof {
				return nil, false, false
			}
			n, err := syscall.ReadDirent(d.fd, d.buf[:])
			if err != nil || n <= 0 {
				d.eof = true
				return nil, false, false
			}
			d.b = d.buf[:n]
		}
		size := int(*(*uint16)(unsafe.Pointer(&d.b[sizeAt])))
		name, kind := d.b[nameAt:size], d.b[typeAt]
		d.b = d.b[size:]
		for i, c := range name {
			if c == 0 {
				name = name[:i]
				break
			}
		}
		if string(name) == "." || string(name) == ".." {
			continue
		}
		return name, kind == syscall.DT_DIR, true
	}
}

var top, below dirReader // one thread, so one of each is enough

// entries counts what is in the directory.
func entries(fd int) (n uint64) {
	top.rewind(fd)
	for {
		if _, _, ok := top.next(); !ok {
			return n
		}
		n++
	}
}

// emptyDir removes everything below the directory root, as whoever the thread
// is. Nobody else may be changing it.
//
// However deep and wide the tree, it takes two descriptors and time linear in
// its size: what a directory holds is removed or, if it is a directory that
// is not empty, moved up to the top, where its turn comes. Directories that
// their owner locked are unlocked first. What cannot be removed stays.
func emptyDir(root int) {
	moved := 0
	for progress := true; progress; {
		progress = false
		top.rewind(root)
		for {
			name, dir, ok := top.next()
			if !ok {
				break
			}
			n := string(name)
			if !dir {
				progress = unlinkat(root, n, 0) == 0 || progress
				continue
			}
			e := unlinkat(root, n, atRemoveDir)
			if e != 0 {
				flatten(root, n, &moved)
				e = unlinkat(root, n, atRemoveDir)
			}
			progress = e == 0 || progress
		}
	}
}

// flatten removes what is in the directory root/name, moving directories that
// are not empty to root under new names, which it counts in moved.
func flatten(root int, name string, moved *int) {
	unlock(root, name)
	fd, e := openat(root, name, syscall.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NOFOLLOW)
	if e != 0 {
		return
	}
	defer closeFD(&fd)
	for progress := true; progress; {
		progress = false
		below.rewind(fd)
		for {
			name, dir, ok := below.next()
			if !ok {
				break
			}
			n := string(name)
			if !dir {
				progress = unlinkat(fd, n, 0) == 0 || progress
				continue
			}
			if unlinkat(fd, n, atRemoveDir) == 0 {
				progress = true
				continue
			}
			// A directory that goes to another parent must be writable.
			unlock(fd, n)
			for {
				*moved++
				e := renameat(fd, n, root, ".wiped-"+strconv.Itoa(*moved))
				if e == 0 {
					progress = true
				}
				if e != syscall.EEXIST && e != syscall.ENOTEMPTY && e != syscall.ENOTDIR {
					break
				}
			}
		}
	}
}
