package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
)

// maxScan bounds how many ids one List looks at, so that a selection that
// hardly anything meets does not hold Redis up: the page is then short, or
// empty, and next says where to go on.
const maxScan = 20_000

// List selects submissions, newest first, as reports without tests, run
// output and compiler output. next is the Cursor of the following page, or
// empty when there is none.
func (s *Store) List(ctx context.Context, f judge.Filter) (page []judge.Report, next judge.SubmissionID, err error) {
	f.Limit = min(max(f.Limit, 1), judge.MaxPage)
	kinds := []judge.Kind{f.Kind}
	if f.Kind == "" {
		kinds = []judge.Kind{judge.KindSubmission, judge.KindRun}
	}
	page = []judge.Report{}
	scans := make([]*scan, 0, len(kinds))
	for _, k := range kinds {
		sc, err := s.newScan(ctx, f, k)
		if err != nil {
			return nil, "", fmt.Errorf("listing submissions: %w", err)
		}
		scans = append(scans, sc)
	}
	for {
		sc := newest(scans)
		if sc == nil {
			return page, "", nil
		}
		if len(sc.found) > 0 && len(page) == f.Limit {
			return page, page[len(page)-1].ID, nil
		}
		if len(sc.found) == 0 { // all that it looked at is listed or left out, and there is more
			if sc.seen >= maxScan {
				return page, sc.at, nil
			}
			if err := sc.more(ctx); err != nil {
				return nil, "", fmt.Errorf("listing submissions: %w", err)
			}
			continue
		}
		rep, err := sc.found[0].report()
		if err != nil {
			return nil, "", fmt.Errorf("listing submissions: %w", err)
		}
		page = append(page, rep)
		sc.found = sc.found[1:]
	}
}

// newest is the scan to go on with: the one that may hold the newest id.
func newest(scans []*scan) *scan {
	var best *scan
	for _, sc := range scans {
		if len(sc.found) == 0 && sc.end {
			continue
		}
		if best == nil || sc.front() > best.front() {
			best = sc
		}
	}
	return best
}

// scan walks the smallest index that a filter names, for one kind.
type scan struct {
	s      *Store
	f      judge.Filter
	kind   judge.Kind
	key    string   // the index that is walked
	others []string // the indexes that an id must be in, too
	at     judge.SubmissionID
	found  []record
	seen   int
	end    bool
}

func (s *Store) newScan(ctx context.Context, f judge.Filter, kind judge.Kind) (*scan, error) {
	keys := indexKeys(kind, f.Problem, f.User, f.KeyID)
	if f.Verdict != "" {
		keys = append(keys, verdictKey(kind, f.Verdict))
	}
	if len(keys) > 1 {
		keys = keys[1:] // everything is in the index of all
	}
	sc := &scan{s: s, f: f, kind: kind, at: f.Cursor}
	sizes := make([]*redis.IntCmd, len(keys))
	if len(keys) > 1 {
		_, err := s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i, k := range keys {
				sizes[i] = p.ZCard(ctx, k)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		order := make([]int, len(keys))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(sizes[a].Val(), sizes[b].Val()) })
		for _, i := range order[1:] {
			sc.others = append(sc.others, keys[i])
		}
		keys[0] = keys[order[0]]
	}
	sc.key = keys[0]
	return sc, sc.more(ctx)
}

// front bounds the ids that are still to come from above.
func (sc *scan) front() judge.SubmissionID {
	if len(sc.found) > 0 {
		return sc.found[0].id
	}
	return sc.at
}

// more looks at the next stretch of the index.
func (sc *scan) more(ctx context.Context) error {
	// A filter on several things passes over many ids for each one found.
	n := sc.f.Limit + 1
	if len(sc.others) > 0 {
		n = 500
	}
	hi := "+"
	if sc.at != "" {
		hi = "(" + string(sc.at)
	}
	raw, err := sc.s.db.ZRevRangeByLex(ctx, sc.key,
		&redis.ZRangeBy{Min: "-", Max: hi, Count: int64(n)}).Result()
	if err != nil {
		return err
	}
	sc.end = len(raw) < n
	sc.seen += len(raw)
	if len(raw) > 0 {
		sc.at = judge.SubmissionID(raw[len(raw)-1])
	}
	ids, err := sc.inOthers(ctx, raw)
	if err != nil {
		return err
	}
	recs, err := sc.s.records(ctx, ids)
	if err != nil {
		return err
	}
	var gone []any
	for _, id := range ids {
		rec, ok := recs[id]
		switch {
		case !ok:
			gone = append(gone, string(id))
		case sc.matches(rec):
			sc.found = append(sc.found, rec)
		}
	}
	if len(gone) > 0 {
		return sc.s.db.ZRem(ctx, sc.key, gone...).Err()
	}
	return nil
}

// inOthers keeps the ids that every other index holds.
func (sc *scan) inOthers(ctx context.Context, raw []string) ([]judge.SubmissionID, error) {
	ids := make([]judge.SubmissionID, 0, len(raw))
	if len(raw) == 0 {
		return ids, nil
	}
	cmds := make([]*redis.IntCmd, 0, len(raw)*len(sc.others))
	if len(sc.others) > 0 {
		// ZMSCORE cannot tell an absent member from one with the score 0
		// through the client, a rank can.
		_, err := sc.s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
			for _, id := range raw {
				for _, k := range sc.others {
					cmds = append(cmds, p.ZRank(ctx, k, id))
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, redis.Nil) {
			return nil, err
		}
	}
	for i, id := range raw {
		ok := true
		for j := range sc.others {
			ok = ok && cmds[i*len(sc.others)+j].Err() == nil
		}
		if ok {
			ids = append(ids, judge.SubmissionID(id))
		}
	}
	return ids, nil
}

// matches checks the record itself: an index may be a moment behind.
func (sc *scan) matches(r record) bool {
	f := sc.f
	return r.Kind == sc.kind &&
		(f.Problem == "" || r.Problem == f.Problem) &&
		(f.User == "" || r.User == f.User) &&
		(f.KeyID == "" || r.KeyID == f.KeyID) &&
		(f.Verdict == "" || r.verdict == f.Verdict)
}
