// Package solution refills all buckets at every call.
package solution

const token = 60_000

type RateLimiter struct {
	full, perMs, asOf int64
	levels            map[string]int64
}

func NewRateLimiter(capacity, refillPerMinute int) *RateLimiter {
	return &RateLimiter{int64(capacity) * token, int64(refillPerMinute), 0, map[string]int64{}}
}

func (l *RateLimiter) refill(id string, now int64) {
	for k, level := range l.levels {
		l.levels[k] = min(l.full, level+(now-l.asOf)*l.perMs)
	}
	l.asOf = now
	if _, ok := l.levels[id]; !ok {
		l.levels[id] = l.full
	}
}

func (l *RateLimiter) Allow(clientID string, nowMs int64) bool {
	l.refill(clientID, nowMs)
	if l.levels[clientID] < token {
		return false
	}
	l.levels[clientID] -= token
	return true
}

func (l *RateLimiter) RetryAfterMs(clientID string, nowMs int64) int {
	l.refill(clientID, nowMs)
	missing := max(0, token-l.levels[clientID])
	return int((missing + l.perMs - 1) / l.perMs)
}
