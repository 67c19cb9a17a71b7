package problems

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"syscall"
)

// dirFS is a directory of this host, out of which no link leads: a directory
// below it that is taken by Sub is a world of its own, and a link from there to
// its neighbours is refused like any other. Opening never waits, as it would on
// a pipe without a writer.
type dirFS struct {
	root *os.Root
	dir  string // below root; "." for all of it
}

var (
	_ fs.StatFS     = dirFS{}
	_ fs.SubFS      = dirFS{}
	_ fs.ReadLinkFS = dirFS{}
)

// DirRoot opens a directory of problems as a root. Links that lead out of it
// are refused, and so are those that lead out of a package below it.
func DirRoot(dir string) (fs.FS, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("opening problems: %w", err)
	}
	return dirFS{root, "."}, nil
}

// Sub takes a directory as a whole. It is looked up anew whenever a file of it
// is opened, so that a package may be replaced by another directory of its name.
func (d dirFS) Sub(dir string) (fs.FS, error) {
	if !fs.ValidPath(dir) {
		return nil, &fs.PathError{Op: "sub", Path: dir, Err: fs.ErrInvalid}
	}
	return dirFS{d.root, path.Join(d.dir, dir)}, nil
}

// within does something in the directory, which is open while it does.
func within[T any](d dirFS, op, name string, do func(root *os.Root, name string) (T, error)) (out T, err error) {
	if !fs.ValidPath(name) {
		return out, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	root := d.root
	if d.dir != "." {
		if root, err = d.root.OpenRoot(filepath.FromSlash(d.dir)); err != nil {
			return out, err
		}
		defer func() { err = errors.Join(err, root.Close()) }()
	}
	return do(root, filepath.FromSlash(name))
}

// Open opens a file or directory, and nothing else.
func (d dirFS) Open(name string) (fs.File, error) {
	return within(d, "open", name, func(root *os.Root, name string) (fs.File, error) {
		f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
		if err != nil {
			return nil, err
		}
		info, err := f.Stat()
		if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
			err = &fs.PathError{Op: "open", Path: name, Err: errNoFile}
		}
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		return f, nil
	})
}

// errNoFile is what is wrong with pipes, sockets and devices.
var errNoFile = errors.New("is neither a file nor a directory")

// Stat follows links within the directory.
func (d dirFS) Stat(name string) (fs.FileInfo, error) {
	return within(d, "stat", name, func(root *os.Root, name string) (fs.FileInfo, error) { return root.Stat(name) })
}

// Lstat does not follow a link.
func (d dirFS) Lstat(name string) (fs.FileInfo, error) {
	return within(d, "lstat", name, func(root *os.Root, name string) (fs.FileInfo, error) { return root.Lstat(name) })
}

// ReadLink tells where a link leads.
func (d dirFS) ReadLink(name string) (string, error) {
	return within(d, "readlink", name, func(root *os.Root, name string) (string, error) { return root.Readlink(name) })
}
