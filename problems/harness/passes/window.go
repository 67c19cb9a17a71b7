package passes

import (
	"fmt"
	"io"

	"github.com/docketjudge/docket/problems/harness/jsonline"
)

// window reads pieces of something long, most of them one after another.
type window struct {
	from  io.ReaderAt
	buf   []byte
	begin int64
}

const windowSize = 64 << 10

// copy writes a piece.
func (w *window) copy(to io.Writer, s jsonline.Span) error {
	for s.Begin < s.End {
		if s.Begin < w.begin || s.Begin >= w.begin+int64(len(w.buf)) {
			if err := w.fill(s.Begin); err != nil {
				return err
			}
		}
		part := w.buf[s.Begin-w.begin:]
		part = part[:min(int64(len(part)), s.End-s.Begin)]
		if _, err := to.Write(part); err != nil {
			return err
		}
		s.Begin += int64(len(part))
	}
	return nil
}

func (w *window) fill(at int64) error {
	if w.buf == nil {
		w.buf = make([]byte, windowSize)
	}
	n, err := w.from.ReadAt(w.buf[:windowSize], at)
	w.buf, w.begin = w.buf[:n], at
	if n == 0 {
		return fmt.Errorf("reading results again: %w", err)
	}
	return nil
}
