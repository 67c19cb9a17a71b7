package sandbox

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

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
	s.sift(ctx)
	died := s.died
	s.died = 0
	if err := s.makeBoxes(ctx, l); err != nil {
		if !slices.Contains(s.docker.config.Languages, l) {
			return fmt.Errorf("%w: %w", judge.ErrLanguageOutage, err)
		}
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

// siftTime bounds the wait for a warm box that is asked whether it lives.
const siftTime = 5 * time.Second

// sift leases every warm box once and destroys those that do not answer.
func (s *slot) sift(ctx context.Context) {
	deadline := time.Now().Add(siftTime)
	if d, ok := ctx.Deadline(); ok && d.Before(deadline) {
		deadline = d
	}
	boxes := s.takeAll()
	alive := make([]bool, len(boxes))
	var asked sync.WaitGroup
	for i, b := range boxes {
		asked.Go(func() { alive[i] = b.leaseBy(deadline) == nil })
	}
	asked.Wait()
	for i, b := range boxes {
		if alive[i] {
			s.give(b)
			continue
		}
		s.docker.destroy(b, causeDied)
		s.died++
	}
}

// makeBoxes makes a box of every role of some languages, side by side.
func (s *slot) makeBoxes(ctx context.Context, languages ...judge.Language) error {
	var makers errgroup.Group
	for _, l := range languages {
		for _, r := range s.docker.rolesOf(l) {
			makers.Go(func() error {
				b, err := s.make(ctx, r)
				if err != nil {
					return err
				}
				if !s.keep(b) {
					s.docker.destroy(b, causeRetired)
				}
				return nil
			})
		}
	}
	return makers.Wait()
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
	var sifted sync.WaitGroup
	for _, s := range idle {
		sifted.Go(func() { s.sift(ctx) })
	}
	sifted.Wait()
	return first.makeBoxes(ctx, d.config.Languages...)
}
