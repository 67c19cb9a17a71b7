// Package solution holds a cache that forgets what was used least recently.
package solution

import "container/list"

// LRUCache leaves the linking to the standard library's list, whose front is
// the entry used last.
type LRUCache struct {
	capacity int
	uses     *list.List
	byKey    map[int]*list.Element
}

type entry struct{ key, value int }

// NewLRUCache returns an empty cache for at most capacity entries.
func NewLRUCache(capacity int) *LRUCache {
	return &LRUCache{capacity: capacity, uses: list.New(), byKey: make(map[int]*list.Element)}
}

// Get returns the value of key, or -1 when the cache does not hold it.
func (c *LRUCache) Get(key int) int {
	el, ok := c.byKey[key]
	if !ok {
		return -1
	}
	c.uses.MoveToFront(el)
	return el.Value.(entry).value
}

// Put stores value under key and forgets the entry used longest ago when
// there are more than fit.
func (c *LRUCache) Put(key, value int) {
	if el, ok := c.byKey[key]; ok {
		el.Value = entry{key, value}
		c.uses.MoveToFront(el)
		return
	}
	c.byKey[key] = c.uses.PushFront(entry{key, value})
	if c.uses.Len() > c.capacity {
		oldest := c.uses.Remove(c.uses.Back()).(entry)
		delete(c.byKey, oldest.key)
	}
}
