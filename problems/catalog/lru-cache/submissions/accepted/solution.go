// Package solution holds a cache that forgets what was used least recently.
package solution

// LRUCache finds its entries through a map and keeps them in the order of
// their last use in a ring.
type LRUCache struct {
	capacity int
	entries  map[int]*entry
	// root closes the ring: its next is the entry used last, its prev the one
	// used longest ago.
	root entry
}

type entry struct {
	key, value int
	prev, next *entry
}

// NewLRUCache returns an empty cache for at most capacity entries.
func NewLRUCache(capacity int) *LRUCache {
	c := &LRUCache{capacity: capacity, entries: make(map[int]*entry)}
	c.root.prev = &c.root
	c.root.next = &c.root
	return c
}

// Get returns the value of key, or -1 when the cache does not hold it.
func (c *LRUCache) Get(key int) int {
	e, ok := c.entries[key]
	if !ok {
		return -1
	}
	e.unlink()
	c.pushFront(e)
	return e.value
}

// Put stores value under key and forgets the entry used longest ago when
// there are more than fit.
func (c *LRUCache) Put(key, value int) {
	if e, ok := c.entries[key]; ok {
		e.value = value
		e.unlink()
		c.pushFront(e)
		return
	}
	e := &entry{key: key, value: value}
	c.entries[key] = e
	c.pushFront(e)
	if len(c.entries) > c.capacity {
		oldest := c.root.prev
		oldest.unlink()
		delete(c.entries, oldest.key)
	}
}

func (c *LRUCache) pushFront(e *entry) {
	e.prev, e.next = &c.root, c.root.next
	e.prev.next = e
	e.next.prev = e
}

func (e *entry) unlink() {
	e.prev.next = e.next
	e.next.prev = e.prev
}
