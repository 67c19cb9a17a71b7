package forge

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// room is how much must fit on the disk for Healthy.
const room = 1 * judge.MiB

// Healthy makes sure that generated tests can be kept: that the directory is
// there and that there is room on its disk.
func (f *Forge) Healthy() (err error) {
	if err := os.MkdirAll(f.dir, 0o750); err != nil {
		return fmt.Errorf("directory of generated tests: %w", err)
	}
	tmp, err := os.CreateTemp(f.dir, ".room-*")
	if err != nil {
		return fmt.Errorf("directory of generated tests: %w", err)
	}
	_, err = tmp.Write(make([]byte, room))
	if err = errors.Join(err, tmp.Sync(), tmp.Close(), os.Remove(tmp.Name())); err != nil {
		return fmt.Errorf("directory of generated tests has no room: %w", err)
	}
	return nil
}

func (f *Forge) path(d problems.Digest) string { return filepath.Join(f.dir, string(d[:2]), string(d)) }

func (f *Forge) data(d problems.Digest) judge.Data {
	f.mu.Lock()
	size := f.checked[d]
	f.mu.Unlock()
	path := f.path(d)
	return judge.Data{Size: size, Open: func() (io.ReadCloser, error) { return os.Open(path) }} //nolint:gosec // a digest below the forge's own directory
}

// has reports whether a file is there and right. A file that is there and
// wrong, because the disk or somebody damaged it, is made again.
func (f *Forge) has(d problems.Digest) bool {
	f.mu.Lock()
	size, ok := f.checked[d]
	f.mu.Unlock()
	if ok {
		info, err := os.Stat(f.path(d))
		return err == nil && judge.Bytes(info.Size()) == size
	}
	file, err := os.Open(f.path(d))
	if err != nil {
		return false
	}
	defer func() { _ = file.Close() }()
	h := sha256.New()
	n, err := io.Copy(h, file)
	if err != nil || hex.EncodeToString(h.Sum(nil)) != string(d) {
		return false
	}
	f.seen(d, judge.Bytes(n))
	return true
}

func (f *Forge) seen(d problems.Digest, size judge.Bytes) {
	f.mu.Lock()
	f.checked[d] = size
	f.mu.Unlock()
}

// output is what a program printed, in a file that is kept or discarded.
type output struct {
	digest problems.Digest
	size   judge.Bytes
	path   string
}

// pinned returns the DigestError of a wrong digest.
func (m output) pinned(test, part string, want problems.Digest) error {
	if m.digest == want {
		return nil
	}
	return &DigestError{Test: test, Part: part, Got: m.digest, Pinned: want}
}

// keep gives what was made the name by which it is found again.
func (f *Forge) keep(m output) error {
	if err := os.MkdirAll(filepath.Dir(f.path(m.digest)), 0o750); err != nil {
		return err
	}
	if err := os.Rename(m.path, f.path(m.digest)); err != nil {
		return err
	}
	f.seen(m.digest, m.size)
	return nil
}

// keepPinned keeps what was made if it is what the package pins.
func (f *Forge) keepPinned(m output, test, part string, want, from problems.Digest) error {
	if err := m.pinned(test, part, want); err != nil {
		return errors.Join(err, os.Remove(m.path))
	}
	if err := f.keep(m); err != nil {
		return err
	}
	return f.note(from, m.digest)
}
