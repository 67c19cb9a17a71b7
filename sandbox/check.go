package sandbox

import (
	"context"
	"fmt"
	"time"

	"github.com/docketjudge/docket/judge"
)

// pingTime bounds the wait for an engine that may hang.
const pingTime = 10 * time.Second

// Check makes sure that the engine works for a language, as [judge.Slot] says.
// The boxes that it makes stay on the shelf, as far as there is room.
func (s *slot) Check(ctx context.Context, l judge.Language) error {
	if err := s.docker.ping(ctx); err != nil {
		return err
	}
	s.sift()
	died := s.died
	s.died = 0
	if err := s.makeBoxes(ctx, l); err != nil {
		return err
	}
	if died > 0 {
		return fmt.Errorf("%d warm boxes died: did the engine end, or the host run out of memory?", died)
	}
	return nil
}

// ping is Ping with a bound of its own.
func (d *Docker) ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, pingTime)
	defer cancel()
	return d.Ping(ctx)
}

// sift leases every warm box once and destroys those that do not answer.
func (s *slot) sift() {
	for _, b := range s.takeAll() {
		if err := b.lease(); err != nil {
			s.docker.destroy(b, causeDied)
			s.died++
			continue
		}
		s.give(b)
	}
}

// makeBoxes makes a box of every role of a language.
func (s *slot) makeBoxes(ctx context.Context, l judge.Language) error {
	for _, r := range rolesOf(l) {
		b, err := s.make(ctx, r)
		if err != nil {
			return err
		}
		if !s.keep(b) {
			s.docker.destroy(b, causeRetired)
		}
	}
	return nil
}

// Recover makes sure, after something failed, that boxes of every role can be
// made, and replaces the warm ones that died on the slots that are free. One
// slot is complete when it returns without error; the others follow.
func (d *Docker) Recover(ctx context.Context) error {
	if err := d.ping(ctx); err != nil {
		return err
	}
	first, err := d.acquire(ctx)
	if err != nil {
		return err
	}
	idle := []*slot{first}
	for more := true; more; {
		select {
		case s := <-d.free:
			idle = append(idle, s)
		default:
			more = false
		}
	}
	defer func() {
		for _, s := range idle {
			s.Release()
		}
	}()
	for _, s := range idle {
		s.sift()
	}
	for _, l := range d.config.Languages {
		if err := first.makeBoxes(ctx, l); err != nil {
			return err
		}
	}
	return nil
}
