package sandbox

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/docketjudge/docket/judge"
)

var _ judge.Slot = (*slot)(nil)

// slot is a CPU and the warm boxes that are pinned to it, for one judging at a
// time.
type slot struct {
	docker *Docker
	index  int
	cpus   string

	mu    sync.Mutex
	shelf map[*role][]*box // warm boxes, at most shelfDepth of a role
	// checked is a run box that has just checked an artifact's sources and
	// still holds them, so that Open need not copy them again.
	checked    *box
	checkedKey string

	// died counts the warm boxes that were found dead since the slot was
	// acquired.
	died int
}

// shelfDepth is how many boxes of a role a slot keeps. One is made ahead; the
// second comes to be when a submission and the validator that judges it need
// the same role at once.
const shelfDepth = 2

// take gives out a box of a role under a fresh lease: a warm one where there
// is one that still answers, else a new one.
func (s *slot) take(ctx context.Context, r *role) (*box, error) {
	if b := s.unshelve(r); b != nil {
		if err := b.lease(); err == nil {
			s.docker.stats.leases.Add(1)
			return b, nil
		}
		// It died on the shelf: the engine was restarted, or the host was
		// short of memory.
		s.docker.destroy(b, causeDied)
		s.died++
	}
	b, err := s.make(ctx, r)
	if err != nil {
		return nil, err
	}
	if err := b.lease(); err != nil {
		s.docker.destroy(b, causeDied)
		return nil, err
	}
	s.docker.stats.leases.Add(1)
	return b, nil
}

func (s *slot) make(ctx context.Context, r *role) (*box, error) {
	s.docker.stats.created.Add(1)
	return s.docker.create(ctx, settings{
		image: s.docker.set.Image(r.name), role: r, cpus: s.cpus,
		memory: r.memory + r.headroom,
		worker: s.docker.config.Worker, deployment: s.docker.config.Deployment, runtime: s.docker.config.Runtime,
		boundTCP: s.docker.boundTCP,
	})
}

// give takes a box back after a lease. Only one that is provably clean, not
// worn and allowed to be reused is kept.
func (s *slot) give(b *box) {
	d := s.docker
	switch {
	case b.spoiled:
		d.complain("destroying box that a program has spoiled", "role", b.role.name, "err", b.gone)
		d.destroy(b, causeDirty)
		return
	case b.gone != nil:
		d.complain("destroying box", "role", b.role.name, "err", b.gone)
		d.destroy(b, causeDied)
		return
	case d.config.NoReuse:
		d.destroy(b, causeNoReuse)
		return
	case b.leases >= d.config.MaxLeases || time.Since(b.made) > d.config.MaxAge:
		d.destroy(b, causeRetired)
		return
	}
	if err := b.wipe(); err != nil {
		d.complain("destroying box that is not clean", "role", b.role.name, "err", err)
		d.destroy(b, causeDirty)
		return
	}
	select {
	case <-d.closed:
		d.destroy(b, causeRetired)
		return
	default:
	}
	if !s.keep(b) {
		d.destroy(b, causeRetired)
	}
}

// keep puts a warm box on the shelf, unless it is full.
func (s *slot) keep(b *box) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.shelf[b.role]) >= shelfDepth {
		return false
	}
	s.shelf[b.role] = append(s.shelf[b.role], b)
	return true
}

func (s *slot) unshelve(r *role) *box {
	s.mu.Lock()
	defer s.mu.Unlock()
	boxes := s.shelf[r]
	if len(boxes) == 0 {
		return nil
	}
	b := boxes[len(boxes)-1]
	s.shelf[r] = boxes[:len(boxes)-1]
	return b
}

func (s *slot) takeAll() []*box {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []*box
	for _, boxes := range s.shelf {
		all = append(all, boxes...)
	}
	clear(s.shelf)
	return all
}

// Release gives the slot back. Boxes that are missing are made before the
// slot is free again, while nothing on its CPU is being timed.
func (s *slot) Release() {
	if b := s.checked; b != nil {
		s.checked = nil
		s.give(b)
	}
	s.died = 0
	if len(s.missing()) == 0 {
		s.docker.free <- s
		return
	}
	s.docker.refill.Go(s.rest)
}

// missing returns the roles that should be warm and are not.
func (s *slot) missing() (roles []*role) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.docker.config.Languages {
		for _, r := range s.docker.rolesOf(l) {
			if len(s.shelf[r]) == 0 {
				roles = append(roles, r)
			}
		}
	}
	return roles
}

// rest fills the shelf and frees the slot. When the engine fails, the slot is
// freed all the same: a judging then tries again and reports the error.
func (s *slot) rest() {
	d := s.docker
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		select {
		case <-d.closed:
			cancel()
		case <-ctx.Done():
		}
	}()
	for roles := s.missing(); len(roles) > 0 && ctx.Err() == nil; roles = s.missing() {
		b, err := s.make(ctx, roles[0])
		if err != nil {
			if ctx.Err() == nil {
				d.complain("making a warm box", "slot", s.index, "err", err)
			}
			break
		}
		s.keep(b)
	}
	d.free <- s
}

// Open leases a run box and copies the artifact into it.
func (s *slot) Open(ctx context.Context, a judge.Artifact, l judge.Limits) (judge.Box, error) {
	lang := s.docker.languages[a.Language]
	if lang == nil {
		return nil, fmt.Errorf("opening box: no language %q", a.Language)
	}
	var b *box
	if s.checked != nil && s.checked.gone == nil && s.checkedKey == a.Key && s.checked.role == lang.runtime {
		b, s.checked = s.checked, nil
	} else {
		var err error
		if b, err = s.furnish(ctx, lang, a); err != nil {
			return nil, fmt.Errorf("opening box: %w", err)
		}
	}
	held := &lease{slot: s, box: b, language: lang, artifact: a}
	if err := held.reserve(ctx, l, 0); err != nil {
		s.give(b)
		return nil, fmt.Errorf("opening box: %w", err)
	}
	return held, nil
}

// furnish leases a box and lays an artifact in it.
func (s *slot) furnish(ctx context.Context, lang *language, a judge.Artifact) (*box, error) {
	b, err := s.take(ctx, lang.runtime)
	if err != nil {
		return nil, err
	}
	if err := lang.lay(b, a); err != nil {
		b.lost(err) //nolint:errcheck // it is the error that is at hand
		s.give(b)
		return nil, err
	}
	return b, nil
}
