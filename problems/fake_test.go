package problems_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/docketjudge/docket/judge"
)

// fakeSandbox runs programs that are Go functions, chosen by a word in their
// source. It has a number of slots and counts what is done.
type fakeSandbox struct {
	slots    chan struct{}
	programs map[string]program

	mu           sync.Mutex
	runs, builds int
	open         int // boxes that are not closed
}

// program is what a fake box runs.
type program func(r judge.Run, stdin string) (stdout string, exit int)

func newFakeSandbox(slots int, programs map[string]program) *fakeSandbox {
	return &fakeSandbox{slots: make(chan struct{}, slots), programs: programs}
}

func (s *fakeSandbox) Acquire(ctx context.Context) (judge.Slot, error) {
	select {
	case s.slots <- struct{}{}:
		return &fakeSlot{s}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (s *fakeSandbox) count() (runs, builds, open int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.runs, s.builds, s.open
}

type fakeSlot struct{ s *fakeSandbox }

func (f *fakeSlot) Release() { <-f.s.slots }

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
	s   *fakeSandbox
	run program
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
