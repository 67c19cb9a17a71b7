// Package solution holds a token bucket for each of many clients.
package solution

// token is what one token counts. Amounts are whole numbers of 1/60000 of a
// token: with that unit, a bucket gains refillPerMinute units a millisecond
// and nothing is ever rounded.
const token = 60_000

// RateLimiter keeps the buckets by client.
type RateLimiter struct {
	full    int64 // units that fit into a bucket
	perMs   int64 // units that flow in per millisecond
	buckets map[string]*bucket
}

// bucket is what a client had at the moment of its last call.
type bucket struct {
	level  int64
	asOfMs int64
}

// NewRateLimiter returns a limiter whose buckets are all full.
func NewRateLimiter(capacity, refillPerMinute int) *RateLimiter {
	return &RateLimiter{
		full:    int64(capacity) * token,
		perMs:   int64(refillPerMinute),
		buckets: make(map[string]*bucket),
	}
}

// Allow takes a token from the client's bucket and reports whether there was
// one.
func (l *RateLimiter) Allow(clientID string, nowMs int64) bool {
	b := l.refilled(clientID, nowMs)
	if b.level < token {
		return false
	}
	b.level -= token
	return true
}

// RetryAfterMs returns the milliseconds until the client's bucket holds a
// token.
func (l *RateLimiter) RetryAfterMs(clientID string, nowMs int64) int {
	missing := max(0, token-l.refilled(clientID, nowMs).level)
	return int((missing + l.perMs - 1) / l.perMs)
}

// refilled returns the client's bucket with all that flowed in until nowMs.
func (l *RateLimiter) refilled(clientID string, nowMs int64) *bucket {
	b, ok := l.buckets[clientID]
	if !ok {
		b = &bucket{level: l.full}
		l.buckets[clientID] = b
	}
	b.level = min(l.full, b.level+(nowMs-b.asOfMs)*l.perMs)
	b.asOfMs = nowMs
	return b
}
