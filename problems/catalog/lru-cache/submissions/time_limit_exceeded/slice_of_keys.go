// Package solution keeps the order of use in a slice: finding a key in it is
// the slow part.
package solution

import "slices"

type LRUCache struct {
	capacity int
	values   map[int]int
	order    []int
}

func NewLRUCache(capacity int) *LRUCache {
	return &LRUCache{capacity: capacity, values: map[int]int{}}
}

func (c *LRUCache) touch(key int) {
	if i := slices.Index(c.order, key); i >= 0 {
		c.order = slices.Delete(c.order, i, i+1)
	}
	c.order = append(c.order, key)
}

func (c *LRUCache) Get(key int) int {
	v, ok := c.values[key]
	if !ok {
		return -1
	}
	c.touch(key)
	return v
}

func (c *LRUCache) Put(key, value int) {
	if _, ok := c.values[key]; !ok && len(c.values) == c.capacity {
		delete(c.values, c.order[0])
		c.order = c.order[1:]
	}
	c.values[key] = value
	c.touch(key)
}
