// Package solution forgets what was stored least recently: reading does not
// count as a use.
package solution

type LRUCache struct {
	capacity int
	values   map[int]int
	stamp    map[int]int
	queue    []stamped
	clock    int
}

type stamped struct{ key, at int }

func NewLRUCache(capacity int) *LRUCache {
	return &LRUCache{capacity: capacity, values: map[int]int{}, stamp: map[int]int{}}
}

func (c *LRUCache) Get(key int) int {
	if v, ok := c.values[key]; ok {
		return v
	}
	return -1
}

func (c *LRUCache) Put(key, value int) {
	c.clock++
	c.values[key] = value
	c.stamp[key] = c.clock
	c.queue = append(c.queue, stamped{key, c.clock})
	for len(c.values) > c.capacity {
		oldest := c.queue[0]
		c.queue = c.queue[1:]
		if c.stamp[oldest.key] == oldest.at {
			delete(c.values, oldest.key)
			delete(c.stamp, oldest.key)
		}
	}
}
