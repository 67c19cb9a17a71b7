// Package solution remembers when each key was used and looks through all of
// them for the oldest.
package solution

type use struct {
	value int
	at    int
}

type LRUCache struct {
	capacity int
	clock    int
	entries  map[int]use
}

func NewLRUCache(capacity int) *LRUCache {
	return &LRUCache{capacity: capacity, entries: map[int]use{}}
}

func (c *LRUCache) Get(key int) int {
	e, ok := c.entries[key]
	if !ok {
		return -1
	}
	c.clock++
	c.entries[key] = use{e.value, c.clock}
	return e.value
}

func (c *LRUCache) Put(key, value int) {
	if _, ok := c.entries[key]; !ok && len(c.entries) == c.capacity {
		oldest, first := 0, true
		for k, e := range c.entries {
			if first || e.at < c.entries[oldest].at {
				oldest, first = k, false
			}
		}
		delete(c.entries, oldest)
	}
	c.clock++
	c.entries[key] = use{value, c.clock}
}
