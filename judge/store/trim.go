package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
)

const (
	// trimInterval is how often an index is trimmed whose oldest ids may be
	// gone. Until then lists pass over them.
	trimInterval = time.Hour

	maxTrim  = 100   // indexes trimmed in one sweep
	trimPage = 1_000 // ids looked at in one call
)

// trim takes what has expired out of the indexes. An id leaves when its record
// has, however old it is: a submission that was judged again lives longer than
// others of its age, and one that is queued has no end yet. For the same
// reason no index ever expires as a whole.
func (s *Store) trim(ctx context.Context, now time.Time) error {
	due, err := s.db.ZRangeByScore(ctx, keyIndexes, &redis.ZRangeBy{Min: "-inf", Max: millis(now), Count: maxTrim}).Result()
	if err != nil {
		return fmt.Errorf("indexes to trim: %w", err)
	}
	for _, key := range due {
		if err := s.trimIndex(ctx, key, now); err != nil {
			return fmt.Errorf("trimming %s: %w", strconv.Quote(key), err)
		}
	}
	return nil
}

func (s *Store) trimIndex(ctx context.Context, key string, now time.Time) error {
	kind, _, _ := strings.Cut(strings.TrimPrefix(key, keyIndex), ":")
	keep := s.cfg.retention(judge.Kind(kind))
	for from := "-"; ; {
		last, err := trimScript.Run(ctx, s.db, []string{keyIndexes, key}, from, idFloor(now.Add(-keep)), trimPage,
			millis(now), trimInterval.Milliseconds(), keep.Milliseconds()).Text()
		if err != nil || last == "" {
			return err
		}
		from = "(" + last
	}
}
