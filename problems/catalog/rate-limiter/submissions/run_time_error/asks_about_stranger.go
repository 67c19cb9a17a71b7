// Package solution makes buckets in Allow only, and is then asked about a
// client that it has never seen.
package solution

const token = 60_000

type bucket struct{ level, asOf int64 }

type RateLimiter struct {
	full, perMs int64
	buckets     map[string]*bucket
}

func NewRateLimiter(capacity, refillPerMinute int) *RateLimiter {
	return &RateLimiter{int64(capacity) * token, int64(refillPerMinute), map[string]*bucket{}}
}

func (b *bucket) refill(l *RateLimiter, now int64) {
	b.level = min(l.full, b.level+(now-b.asOf)*l.perMs)
	b.asOf = now
}

func (l *RateLimiter) Allow(clientID string, nowMs int64) bool {
	if l.buckets[clientID] == nil {
		l.buckets[clientID] = &bucket{l.full, nowMs}
	}
	b := l.buckets[clientID]
	b.refill(l, nowMs)
	if b.level < token {
		return false
	}
	b.level -= token
	return true
}

func (l *RateLimiter) RetryAfterMs(clientID string, nowMs int64) int {
	b := l.buckets[clientID]
	b.refill(l, nowMs)
	missing := max(0, token-b.level)
	return int((missing + l.perMs - 1) / l.perMs)
}
