package judging

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"github.com/docketjudge/docket/judge"
)

// head holds the beginning of an output.
type head struct {
	b     []byte
	limit judge.Bytes
	cut   bool
}

func (k *head) reset() { k.b, k.cut = k.b[:0], false }

func (k *head) Write(p []byte) (int, error) {
	n := min(len(p), int(k.limit)-len(k.b))
	k.b = append(k.b, p[:n]...)
	if n < len(p) {
		k.cut = true
	}
	return len(p), nil
}

// drain goes on taking output after its reader has had enough, as boxes do, so
// that a talk goes on to its end.
type drain struct {
	to   io.Writer
	over bool
}

func (p *drain) Write(b []byte) (int, error) {
	if !p.over {
		_, err := p.to.Write(b)
		p.over = err != nil
	}
	return len(b), nil
}

// spool keeps an output until a validator reads it: in memory while it is
// short, then in a file without a name. An output within the limit that the spool
// cannot keep is an outage: no submission is to blame.
type spool struct {
	held []byte
	file *os.File
	size int64 // of the file
	err  error // boxes do not care what becomes of an output; reader does
}

const spoolInMemory = 1 << 20

func (s *spool) Write(p []byte) (int, error) {
	n, err := s.write(p)
	if err == nil {
		return n, nil
	}
	if s.err == nil {
		s.err = fmt.Errorf("%w: keeping output: %w", judge.ErrOutage, err)
	}
	return n, s.err
}

func (s *spool) write(p []byte) (int, error) {
	if s.file != nil {
		n, err := s.file.Write(p)
		s.size += int64(n)
		return n, err
	}
	if len(s.held)+len(p) <= spoolInMemory {
		s.held = append(s.held, p...)
		return len(p), nil
	}
	f, err := os.CreateTemp("", "docket-output-")
	if err != nil {
		return 0, err
	}
	s.file = f
	if err := os.Remove(f.Name()); err != nil {
		return 0, err
	}
	n, err := f.Write(s.held)
	s.size = int64(n)
	if err != nil {
		return 0, err
	}
	s.held = nil
	n, err = f.Write(p)
	s.size += int64(n)
	return n, err
}

func (s *spool) reader() (io.Reader, error) {
	if s.err != nil {
		return nil, s.err
	}
	if s.file == nil {
		return bytes.NewReader(s.held), nil
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("%w: keeping output: %w", judge.ErrOutage, err)
	}
	return judge.Sized(s.file, judge.Bytes(s.size)), nil
}

// section reads what was kept, however often and in whatever order. It is good
// until the spool is closed.
func (s *spool) section() *io.SectionReader {
	if s.file == nil {
		return io.NewSectionReader(bytes.NewReader(s.held), 0, int64(len(s.held)))
	}
	return io.NewSectionReader(s.file, 0, s.size)
}

func (s *spool) close() {
	if s.file != nil {
		_ = s.file.Close()
	}
}
