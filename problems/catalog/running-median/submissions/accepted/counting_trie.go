// Package solution counts values in a binary trie over their bits.
package solution

// RunningMedian is a trie of nodes that refer to each other by index.
type RunningMedian struct {
	nodes []node
}

type node struct {
	count    int32
	children [2]int32
}

const (
	absent int32 = iota // a node without values, for children that are not there
	root
	inner // the first index of other nodes
)

// NewRunningMedian returns a RunningMedian without values.
func NewRunningMedian() *RunningMedian {
	return &RunningMedian{nodes: make([]node, inner)}
}

// Add counts a value on the way from the root to its leaf.
func (m *RunningMedian) Add(value int) {
	// Shifted up, the smallest value is 0: bits then sort like numbers.
	bits := uint32(value + 1<<31)
	at := root
	m.nodes[at].count++
	for range 32 {
		bit := bits >> 31
		bits <<= 1
		next := m.nodes[at].children[bit]
		if next == absent {
			next = int32(len(m.nodes))
			m.nodes = append(m.nodes, node{})
			m.nodes[at].children[bit] = next
		}
		at = next
		m.nodes[at].count++
	}
}

// Median returns the median of all values, or 0 if there are none.
func (m *RunningMedian) Median() float64 {
	n := m.nodes[root].count
	if n == 0 {
		return 0
	}
	return float64(m.smallest((n-1)/2)+m.smallest(n/2)) / 2
}

// smallest returns the value that has k others before it in sorted order.
func (m *RunningMedian) smallest(k int32) int {
	at := root
	bits := 0
	for range 32 {
		bits *= 2
		zero, one := m.nodes[at].children[0], m.nodes[at].children[1]
		if below := m.nodes[zero].count; k < below {
			at = zero
		} else {
			k -= below
			bits++
			at = one
		}
	}
	return bits - 1<<31
}
