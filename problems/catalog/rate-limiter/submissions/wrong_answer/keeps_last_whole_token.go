// Package solution moves its clock only when a whole token came in, which
// saves the fraction of a call that gains nothing, but not that of one which
// gains one token and a half.
package solution

type bucket struct{ tokens, asOf int64 }

type RateLimiter struct {
	capacity, perMinute int64
	buckets             map[string]*bucket
}

func NewRateLimiter(capacity, refillPerMinute int) *RateLimiter {
	return &RateLimiter{int64(capacity), int64(refillPerMinute), map[string]*bucket{}}
}

func (l *RateLimiter) refill(id string, now int64) *bucket {
	b := l.buckets[id]
	if b == nil {
		b = &bucket{l.capacity, now}
		l.buckets[id] = b
	}
	if gained := (now - b.asOf) * l.perMinute / 60_000; gained > 0 {
		b.tokens = min(l.capacity, b.tokens+gained)
		b.asOf = now
	}
	if b.tokens == l.capacity {
		b.asOf = now
	}
	return b
}

func (l *RateLimiter) Allow(clientID string, nowMs int64) bool {
	b := l.refill(clientID, nowMs)
	if b.tokens == 0 {
		return false
	}
	b.tokens--
	return true
}

func (l *RateLimiter) RetryAfterMs(clientID string, nowMs int64) int {
	b := l.refill(clientID, nowMs)
	if b.tokens > 0 {
		return 0
	}
	return int(b.asOf + (60_000+l.perMinute-1)/l.perMinute - nowMs)
}
