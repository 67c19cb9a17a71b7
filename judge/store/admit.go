package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
)

// Admit asks whether an API key may send more, in one round trip, and counts
// what it may send towards its minute. Ahead is what was admitted and is not
// stored yet. Too much is a judge.Error of CodeRateLimited.
func (s *Store) Admit(ctx context.Context, keyID string, more, ahead judge.Load, q judge.Quota) error {
	ans, err := admitScript.Run(ctx, s.db, []string{keyRate + keyID, keyPending + keyID, keyPendingBytes},
		keyID, more.Submissions, int64(more.Bytes), ahead.Submissions, int64(ahead.Bytes),
		q.Pending.Submissions, int64(q.Pending.Bytes), q.Minute.Submissions, int64(q.Minute.Bytes)).StringSlice()
	if err != nil || len(ans) != 2 {
		return fmt.Errorf("admitting key %s: %w", strconv.Quote(keyID), err)
	}
	much, _ := strconv.ParseInt(ans[1], 10, 64) // written by our own script
	switch ans[0] {
	case "pending":
		return judge.RateLimited(0, fmt.Sprintf(
			"This key may have %d submissions queued and running, and has %d. Try again when some have finished.",
			q.Pending.Submissions, much))
	case "bytes":
		return judge.RateLimited(0, fmt.Sprintf(
			"This key may have %s of programs and inputs queued and running, and has %s. Try again when some have finished.",
			q.Pending.Bytes, judge.Bytes(much)))
	case "rate":
		return judge.RateLimited(time.Duration(much)*time.Millisecond, fmt.Sprintf(
			"This key may send %d submissions and %s a minute. Try again later.", q.Minute.Submissions, q.Minute.Bytes))
	}
	return nil
}

// PendingBytes is the size of what all clients have queued and running;
// rejudges do not count.
func (s *Store) PendingBytes(ctx context.Context) (judge.Bytes, error) {
	n, err := s.db.HGet(ctx, keyPendingBytes, allBytes).Int64()
	if err != nil && !errors.Is(err, redis.Nil) {
		return 0, fmt.Errorf("bytes pending: %w", err)
	}
	return judge.Bytes(max(n, 0)), nil
}
