package problems

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// Bounds on packages, so that a broken one cannot fill memory.
const (
	maxFilesInPackage = 20_000
	maxStatement      = 1 * judge.MiB
	maxNote           = 64 * judge.KiB // hints, descriptions, interactions
)

// tree is the part of a package that counts: files whose names the format
// takes. Others are as good as absent.
type tree struct {
	fsys  fs.FS
	files map[string]judge.Bytes         // size by path
	dirs  map[string]map[string]struct{} // names of files and directories by directory
	odd   []string                       // left out for their names
}

// readTree lists a package. What is no file is refused: links that lead out of
// the package or nowhere, pipes, devices.
func readTree(fsys fs.FS, refuse func(Refusal)) (*tree, error) {
	t := &tree{fsys: fsys, files: map[string]judge.Bytes{}, dirs: map[string]map[string]struct{}{".": {}}}
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || p == "." {
			return err
		}
		if !takenName(d.Name()) {
			t.odd = append(t.odd, p)
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			t.addDir(p)
			return nil
		}
		// Stat follows a symbolic link; the file system refuses those that
		// lead out of the package.
		info, err := fs.Stat(fsys, p)
		switch {
		case err != nil && d.Type()&fs.ModeSymlink != 0:
			refuse(Refusal{Path: p, Reason: "is a link that leads out of the package or nowhere: " + causeOf(err).Error()})
			return nil
		case err != nil:
			return err
		case info.IsDir():
			refuse(Refusal{Path: p, Reason: "is a link to a directory; those to files alone are followed"})
			return nil
		case !info.Mode().IsRegular():
			refuse(Refusal{Path: p, Reason: errNoFile.Error()})
			return nil
		}
		t.files[p] = judge.Bytes(info.Size())
		t.enter(p)
		if len(t.files) > maxFilesInPackage {
			return fmt.Errorf("more than %d files", maxFilesInPackage)
		}
		return nil
	})
	return t, err
}

// causeOf is an error without the path that it is about.
func causeOf(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

func (t *tree) addDir(p string) {
	if t.dirs[p] == nil {
		t.dirs[p] = map[string]struct{}{}
		t.enter(p)
	}
}

func (t *tree) enter(p string) {
	dir, name := path.Dir(p), path.Base(p)
	if t.dirs[dir] == nil {
		t.addDir(dir)
	}
	t.dirs[dir][name] = struct{}{}
}

// names lists a directory in natural order; nil when it does not exist.
func (t *tree) names(dir string) []string {
	var out []string
	for name := range t.dirs[dir] {
		out = append(out, name)
	}
	slices.SortFunc(out, compareNatural)
	return out
}

func (t *tree) isDir(p string) bool  { return t.dirs[p] != nil }
func (t *tree) isFile(p string) bool { _, ok := t.files[p]; return ok }

// under lists the files below a directory, or the file itself.
func (t *tree) under(p string) []string {
	if t.isFile(p) {
		return []string{p}
	}
	var out []string
	for f := range t.files {
		if strings.HasPrefix(f, p+"/") {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, compareNatural)
	return out
}

// read returns a whole file that must be at most so long.
func (t *tree) read(p string, most judge.Bytes) ([]byte, error) {
	if size := t.files[p]; size > most {
		return nil, fmt.Errorf("has %s, more than the %s that are taken", size, most)
	}
	f, err := t.fsys.Open(p)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	b, err := io.ReadAll(io.LimitReader(f, int64(most)+1))
	if err == nil && judge.Bytes(len(b)) > most {
		err = fmt.Errorf("grew while it was read")
	}
	return b, err
}

// data is a file that is read where it lies.
func (t *tree) data(p string) judge.Data {
	fsys := t.fsys
	return judge.Data{
		Size: t.files[p],
		Open: func() (io.ReadCloser, error) { return fsys.Open(p) },
	}
}

// digest covers the names and contents of all files.
func (t *tree) digest() (string, error) {
	paths := make([]string, 0, len(t.files))
	for p := range t.files {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	all := sha256.New()
	for _, p := range paths {
		f, err := t.fsys.Open(p)
		if err != nil {
			return "", err
		}
		one := sha256.New()
		_, err = io.Copy(one, f)
		_ = f.Close()
		if err != nil {
			return "", fmt.Errorf("%s: %w", p, err)
		}
		_, _ = fmt.Fprintf(all, "%s\x00%x\n", p, one.Sum(nil))
	}
	return hex.EncodeToString(all.Sum(nil)), nil
}

// takenName reports whether the format takes a file of that name.
func takenName(name string) bool {
	if name == "" || len(name) > 255 || name[0] == '-' || name[0] == '.' {
		return false
	}
	for i := range len(name) {
		c := name[i]
		ok := c == '_' || c == '.' || c == '-' ||
			c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !ok {
			return false
		}
	}
	return true
}

// compareNatural orders names as people do: runs of digits by their number,
// everything else byte by byte.
func compareNatural(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		if isDigit(x[0]) && isDigit(y[0]) {
			m, n := digits(x), digits(y)
			p, q := strings.TrimLeft(x[:m], "0"), strings.TrimLeft(y[:n], "0")
			if len(p) != len(q) {
				return len(p) - len(q)
			}
			if c := strings.Compare(p, q); c != 0 {
				return c
			}
			x, y = x[m:], y[n:]
			continue
		}
		if x[0] != y[0] {
			return int(x[0]) - int(y[0])
		}
		x, y = x[1:], y[1:]
	}
	if c := len(x) - len(y); c != 0 {
		return c
	}
	return strings.Compare(a, b) // 01 before 1
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func digits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// readHidden reads a small file whose name the format does not take, but some
// packages rely on.
func (t *tree) readHidden(p string) ([]byte, error) {
	f, err := t.fsys.Open(p)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, 1<<10))
}
