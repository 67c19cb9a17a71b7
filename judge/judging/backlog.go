package judging

import (
	"bytes"
	"io"
	"sync"

	"github.com/docketjudge/docket/judge"
)

// backlog is a pipe whose writer never waits. Two sides that both write and do not
// read would otherwise hold up each other for ever; with a backlog, a box whose
// output nobody reads still runs to its end. A backlog holds at most what its
// writer may write, which for a program is the output limit.
type backlog struct {
	mu    sync.Mutex
	more  sync.Cond
	held  bytes.Buffer
	ended bool // nothing follows what is held
	cut   bool // and the writer had not said all
	deaf  bool // nobody reads any more
}

func newBacklog() *backlog {
	b := &backlog{}
	b.more.L = &b.mu
	return b
}

func (b *backlog) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.deaf || b.ended {
		return 0, io.ErrClosedPipe
	}
	n, err := b.held.Write(p)
	b.more.Signal()
	return n, err
}

func (b *backlog) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.held.Len() == 0 && !b.ended {
		b.more.Wait()
	}
	if b.held.Len() == 0 && b.cut {
		return 0, judge.ErrCutOff
	}
	return b.held.Read(p) // io.EOF when nothing is held
}

// end says that nothing more will be written.
func (b *backlog) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ended = true
	b.more.Broadcast()
}

// cutOff says that nothing more will be written, because the writer died.
func (b *backlog) cutOff() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ended, b.cut = true, true
	b.more.Broadcast()
}

// stopReading drops what is held, and what is still written.
func (b *backlog) stopReading() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.deaf, b.ended = true, true
	b.held = bytes.Buffer{}
	b.more.Broadcast()
}
