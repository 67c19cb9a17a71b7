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
	if err := s.makeBoxes(ctx, s.docker.rolesOf(l)); err != nil {
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

// makeBoxes makes a box of each of some roles, side by side.
func (s *slot) makeBoxes(ctx context.Context, roles []*role) error {
	var makers errgroup.Group
	for _, r := range roles {
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
	return makers.Wait()
}

// Recover makes sure, after something failed, that the engine answers, has every
// image and makes boxes, and replaces the warm boxes that died on the slots that are
// free. One slot is complete when it returns without error; the others follow. What
// costs little is asked first: whoever is out of order asks often.
func (d *Docker) Recover(ctx context.Context) error {
	if err := d.ping(ctx); err != nil {
		return err
	}
	if err := d.imagesExist(ctx); err != nil {
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
	roles := first.missing()
	if len(roles) == 0 {
		roles = d.rolesOf(d.config.Languages[0])[:1] // one, to see that it can be made
	}
	return first.makeBoxes(ctx, roles)
}

// imagesExist asks the engine for the image of every role.
func (d *Docker) imagesExist(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, pingTime)
	defer cancel()
	for _, l := range d.config.Languages {
		for _, r := range d.rolesOf(l) {
			if _, err := d.client.ImageInspect(ctx, d.set.Image(r.name)); err != nil {
				return fmt.Errorf("image of %s boxes: %w", r.name, err)
			}
		}
	}
	return nil
}
