package problemstest

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/docketjudge/docket/judge"
)

// Sandbox runs programs that are Go functions, chosen by a word in their
// source. It has a number of slots and counts what is done.
type Sandbox struct {
	Slots    chan struct{} // holds one for each slot that is taken
	programs map[string]Program

	mu           sync.Mutex
	runs, builds int
	open         int // boxes that are not closed
}

// Program is what a fake box runs.
type Program func(r judge.Run, stdin string) (stdout string, exit int)

// NewSandbox makes a sandbox of a number of slots, with programs by the word that
// their source contains.
func NewSandbox(slots int, programs map[string]Program) *Sandbox {
	return &Sandbox{Slots: make(chan struct{}, slots), programs: programs}
}

// Acquire waits for a slot.
func (s *Sandbox) Acquire(ctx context.Context) (judge.Slot, error) {
	select {
	case s.Slots <- struct{}{}:
		return &fakeSlot{s}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Count is how many programs ran, how many were built and how many boxes are open.
func (s *Sandbox) Count() (runs, builds, open int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.runs, s.builds, s.open
}

// fakeSlot builds and opens whatever the sandbox has a program for.
type fakeSlot struct{ s *Sandbox }

func (f *fakeSlot) Release() { <-f.s.Slots }

func (f *fakeSlot) Check(context.Context, judge.Language) error { return nil }

func (f *fakeSlot) Build(_ context.Context, src judge.Source) (judge.Build, error) {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	f.s.builds++
	for word := range f.s.programs {
		if strings.Contains(src.Files[0].Content, word) {
			return judge.Build{OK: true, Artifact: judge.Artifact{Language: src.Language, Key: word}}, nil
		}
	}
	return judge.Build{Output: "no such program"}, nil
}

func (f *fakeSlot) Open(_ context.Context, a judge.Artifact, _ judge.Limits) (judge.Box, error) {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	f.s.open++
	return &fakeBox{f.s, f.s.programs[a.Key]}, nil
}

type fakeBox struct {
	s   *Sandbox
	run Program
}

func (b *fakeBox) Run(_ context.Context, r judge.Run, _ judge.Limits) (judge.Result, error) {
	b.s.mu.Lock()
	b.s.runs++
	b.s.mu.Unlock()
	var in []byte
	if r.Stdin != nil {
		var err error
		if in, err = io.ReadAll(r.Stdin); err != nil {
			return judge.Result{}, err
		}
	}
	out, exit := b.run(r, string(in))
	if exit < 0 {
		return judge.Result{}, errors.New("the box broke")
	}
	res := judge.Result{ExitCode: exit, StdoutBytes: judge.Bytes(len(out)), CPU: 1e6, Memory: judge.MiB}
	if r.Stdout != nil {
		// A box goes on when its reader does not.
		_, _ = io.WriteString(r.Stdout, out)
	}
	return res, nil
}

func (b *fakeBox) Close() error {
	b.s.mu.Lock()
	defer b.s.mu.Unlock()
	b.s.open--
	return nil
}
