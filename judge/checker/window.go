package checker

import (
	"io"
	"sync"
)

// windowSize is how much of each side is in memory at a time.
const windowSize = 64 << 10

// window is the part of a stream that has been read and not yet consumed.
type window struct {
	r    io.Reader
	buf  *[windowSize]byte
	i, j int // what is left is buf[i:j]
	err  error
}

var buffers = sync.Pool{New: func() any { return new([windowSize]byte) }}

func open(r io.Reader) window { return window{r: r, buf: buffers.Get().(*[windowSize]byte)} }

func (w *window) close() { buffers.Put(w.buf) }

// fill reads more when nothing is left, and reports whether anything is.
func (w *window) fill() bool {
	if w.i < w.j {
		return true
	}
	if w.err != nil {
		return false
	}
	w.i, w.j = 0, 0
	for range 100 {
		var n int
		n, w.err = w.r.Read(w.buf[:])
		w.j = n
		if n > 0 {
			return true
		}
		if w.err != nil {
			return false
		}
	}
	w.err = io.ErrNoProgress
	return false
}

// rest is what is left in memory.
func (w *window) rest() []byte { return w.buf[w.i:w.j] }

// failed is the error that ended the stream, unless that was its end.
func (w *window) failed() error {
	if w.err == io.EOF { //nolint:errorlint // an error that wraps the end is a failure
		return nil
	}
	return w.err
}

// space tells white space from the rest, as the format has it.
var space = [256]bool{' ': true, '\t': true, '\n': true, '\v': true, '\f': true, '\r': true}

// tokenEnd is the length of the token at the beginning of b; ended reports
// whether white space follows it in b.
func tokenEnd(b []byte) (n int, ended bool) {
	for i, c := range b {
		if space[c] {
			return i, true
		}
	}
	return len(b), false
}

// skipSpace consumes white space and returns how many lines it ended.
func (w *window) skipSpace() (lines int) {
	for w.fill() {
		b := w.rest()
		for i, c := range b {
			if !space[c] {
				w.i += i
				return lines
			}
			if c == '\n' {
				lines++
			}
		}
		w.i = w.j
	}
	return lines
}
