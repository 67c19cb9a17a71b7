// Package solution takes the oldest entry out of the list, but not out of the
// map, and then trips over it.
package solution

type node struct {
	key, value int
	prev, next *node
}

type LRUCache struct {
	free       int
	nodes      map[int]*node
	head, tail *node
}

func NewLRUCache(capacity int) *LRUCache {
	head, tail := &node{}, &node{}
	head.next, tail.prev = tail, head
	return &LRUCache{free: capacity, nodes: map[int]*node{}, head: head, tail: tail}
}

func (c *LRUCache) drop(n *node) {
	n.prev.next, n.next.prev = n.next, n.prev
	n.prev, n.next = nil, nil
}

func (c *LRUCache) push(n *node) {
	n.prev, n.next = c.head, c.head.next
	n.prev.next, n.next.prev = n, n
}

func (c *LRUCache) Get(key int) int {
	n, ok := c.nodes[key]
	if !ok {
		return -1
	}
	c.drop(n)
	c.push(n)
	return n.value
}

func (c *LRUCache) Put(key, value int) {
	if n, ok := c.nodes[key]; ok {
		n.value = value
		c.drop(n)
		c.push(n)
		return
	}
	if c.free == 0 {
		c.drop(c.tail.prev)
	} else {
		c.free--
	}
	n := &node{key: key, value: value}
	c.nodes[key] = n
	c.push(n)
}
