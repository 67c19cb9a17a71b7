package sandbox

import "sync/atomic"

// cause says why a box was destroyed.
type cause int

const (
	causeRetired cause = iota // worn, too old, or surplus
	causeNoReuse              // reuse is off
	causeDirty                // not provably clean after its lease
	causeDied                 // its runner ended or broke the protocol
	causes
)

var causeNames = [causes]string{"retired", "no_reuse", "dirty", "died"}

type stats struct {
	created, leases, runs  atomic.Int64
	cacheHits, cacheMisses atomic.Int64
	destroyed              [causes]atomic.Int64
}

// Stats is a snapshot of what a sandbox has done since it was opened.
type Stats struct {
	Slots, FreeSlots       int
	Warm                   map[string]int // boxes on the shelves, by role
	Created, Leases, Runs  int64
	CacheHits, CacheMisses int64
	Destroyed              map[string]int64 // by cause: retired, no_reuse, dirty, died
}

// Stats takes a snapshot.
func (d *Docker) Stats() Stats {
	s := Stats{
		Slots: len(d.slots), FreeSlots: len(d.free),
		Warm:    make(map[string]int),
		Created: d.stats.created.Load(), Leases: d.stats.leases.Load(), Runs: d.stats.runs.Load(),
		CacheHits: d.stats.cacheHits.Load(), CacheMisses: d.stats.cacheMisses.Load(),
		Destroyed: make(map[string]int64),
	}
	for l := range d.languages {
		for _, r := range d.rolesOf(l) {
			s.Warm[string(r.name)] = 0
		}
	}
	for _, slot := range d.slots {
		slot.mu.Lock()
		for r, boxes := range slot.shelf {
			s.Warm[string(r.name)] += len(boxes)
		}
		slot.mu.Unlock()
	}
	for c, name := range causeNames {
		s.Destroyed[name] = d.stats.destroyed[c].Load()
	}
	return s
}

// destroy ends a box for good, in the background: its removal takes longer
// than a small submission.
func (d *Docker) destroy(b *box, c cause) {
	d.stats.destroyed[c].Add(1)
	d.refill.Go(func() {
		b.hangUp()
		d.remove(b.id)
	})
}
