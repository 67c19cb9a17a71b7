package judge

import (
	"math/rand/v2"
	"time"
)

// Backoff is the wait before the try after the nth failure, n from 0: 1 s, 2 s,
// 4 s and so on up to MaxBackoff, each up to a quarter longer so that what
// failed together does not return together.
func Backoff(n int) time.Duration {
	d := MaxBackoff
	if n >= 0 && n < 6 {
		d = time.Second << n
	}
	return d + rand.N(d/4) //nolint:gosec // spreads load, no secret
}

// MaxBackoff bounds the wait between two tries.
const MaxBackoff = time.Minute
