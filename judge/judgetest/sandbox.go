package judgetest

import (
	"context"
	"sync"

	"github.com/docketjudge/docket/judge"
)

// Sandbox is a judge.Sandbox whose programs are Go functions. The zero value gives
// out any number of slots and builds everything. Its programs print nothing and
// end well.
type Sandbox struct {
	// Slots bounds the slots that are held at once. Nil is no bound.
	Slots chan struct{}
	// OnBuild answers builds. By default every build succeeds, and the key of the
	// artifact is the text of the first file, so that OnRun can tell programs
	// apart.
	OnBuild func(judge.Source) (judge.Build, error)
	// OnRun runs a program.
	OnRun func(judge.Artifact, judge.Run, judge.Limits) (judge.Result, error)
	// OnCheck answers the question whether a language can be judged.
	OnCheck func(judge.Language) error

	mu    sync.Mutex
	count Count
}

// Count is what was done to a Sandbox.
type Count struct {
	Builds, Runs int
	Opened       int // boxes
	Open         int // boxes that are not closed
	Slots        int // that are held
	Checked      []judge.Language
}

// Count tells what was done so far.
func (s *Sandbox) Count() Count {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}

// Kept reports whether a box or a slot is still held.
func (s *Sandbox) Kept() bool {
	c := s.Count()
	return c.Open != 0 || c.Slots != 0
}

func (s *Sandbox) counting(change func(*Count)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.count)
}

// Acquire takes a slot.
func (s *Sandbox) Acquire(ctx context.Context) (judge.Slot, error) {
	if s.Slots != nil {
		select {
		case s.Slots <- struct{}{}:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	s.counting(func(c *Count) { c.Slots++ })
	return &slot{s}, nil
}

type slot struct{ s *Sandbox }

func (l *slot) Release() {
	l.s.counting(func(c *Count) { c.Slots-- })
	if l.s.Slots != nil {
		<-l.s.Slots
	}
}

func (l *slot) Check(_ context.Context, lang judge.Language) error {
	l.s.counting(func(c *Count) { c.Checked = append(c.Checked, lang) })
	if l.s.OnCheck == nil {
		return nil
	}
	return l.s.OnCheck(lang)
}

func (l *slot) Build(_ context.Context, src judge.Source) (judge.Build, error) {
	l.s.counting(func(c *Count) { c.Builds++ })
	if l.s.OnBuild != nil {
		return l.s.OnBuild(src)
	}
	a := judge.Artifact{Language: src.Language}
	if len(src.Files) > 0 {
		a.Key = src.Files[0].Content
	}
	return judge.Build{OK: true, Artifact: a}, nil
}

func (l *slot) Open(_ context.Context, a judge.Artifact, _ judge.Limits) (judge.Box, error) {
	l.s.counting(func(c *Count) { c.Opened++; c.Open++ })
	return &box{l.s, a}, nil
}

type box struct {
	s *Sandbox
	a judge.Artifact
}

func (b *box) Run(_ context.Context, r judge.Run, l judge.Limits) (judge.Result, error) {
	b.s.counting(func(c *Count) { c.Runs++ })
	if b.s.OnRun == nil {
		return judge.Result{}, nil
	}
	return b.s.OnRun(b.a, r, l)
}

func (b *box) Close() error {
	b.s.counting(func(c *Count) { c.Open-- })
	return nil
}

// Next takes the first of some errors, for what is to fail a number of times.
func Next(errs *[]error) error {
	if len(*errs) == 0 {
		return nil
	}
	err := (*errs)[0]
	*errs = (*errs)[1:]
	return err
}
