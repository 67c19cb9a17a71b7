package api

import "sync"

// shares divides a limited amount among API keys, so that none can take all of
// it. Where no keys are required everybody has the
// key "", which may take all.
type shares struct {
	all, each int64

	mu   sync.Mutex
	used int64
	by   map[string]int64 // key id -> what it has, never 0
}

func newShares(all, each int64) *shares {
	return &shares{all: all, each: each, by: make(map[string]int64)}
}

// take reports whether a key may have n more, and gives it to the key then.
func (s *shares) take(key string, n int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.used+n > s.all || key != "" && s.by[key]+n > s.each {
		return false
	}
	s.used += n
	s.by[key] += n
	return true
}

func (s *shares) give(key string, n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used -= n
	if s.by[key] -= n; s.by[key] == 0 {
		delete(s.by, key)
	}
}
