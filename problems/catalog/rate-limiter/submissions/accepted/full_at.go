// Package solution keeps a single number per client: when its bucket will be
// full again.
package solution

// token is what one token counts, in units of 1/60000 of a token.
const token = 60_000

// RateLimiter measures time by what flows into a bucket: a millisecond is
// perMs units long. A bucket that will be full at f lacks f-now units now.
type RateLimiter struct {
	full   int64
	perMs  int64
	fullAt map[string]int64
}

// NewRateLimiter returns a limiter whose buckets are all full.
func NewRateLimiter(capacity, refillPerMinute int) *RateLimiter {
	return &RateLimiter{
		full:   int64(capacity) * token,
		perMs:  int64(refillPerMinute),
		fullAt: make(map[string]int64),
	}
}

// Allow takes a token from the client's bucket and reports whether there was
// one.
func (l *RateLimiter) Allow(clientID string, nowMs int64) bool {
	if l.excess(clientID, nowMs) > 0 {
		return false
	}
	l.fullAt[clientID] = max(l.fullAt[clientID], nowMs*l.perMs) + token
	return true
}

// RetryAfterMs returns the milliseconds until the client's bucket holds a
// token.
func (l *RateLimiter) RetryAfterMs(clientID string, nowMs int64) int {
	return int((max(0, l.excess(clientID, nowMs)) + l.perMs - 1) / l.perMs)
}

// excess is what a bucket would lack beyond its size if a token were taken.
// It need not mind buckets that have long been full: they lack less than
// nothing, and a token always fits into full.
func (l *RateLimiter) excess(clientID string, nowMs int64) int64 {
	return l.fullAt[clientID] - nowMs*l.perMs + token - l.full
}
