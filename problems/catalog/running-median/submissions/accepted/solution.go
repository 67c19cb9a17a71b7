// Package solution knows the median of a stream of numbers at any time.
package solution

import "container/heap"

// RunningMedian keeps the smaller half of the values and the larger half in a
// heap each. The lower half has as many values as the upper one, or one more.
type RunningMedian struct {
	lower minHeap // of negated values, so that the largest is on top
	upper minHeap
}

// NewRunningMedian returns a RunningMedian without values.
func NewRunningMedian() *RunningMedian {
	return &RunningMedian{}
}

// Add takes a value. It passes through the half that does not grow, which
// gives up what belongs into the other.
func (m *RunningMedian) Add(value int) {
	if len(m.lower) == len(m.upper) {
		heap.Push(&m.upper, value)
		heap.Push(&m.lower, -heap.Pop(&m.upper).(int))
	} else {
		heap.Push(&m.lower, -value)
		heap.Push(&m.upper, -heap.Pop(&m.lower).(int))
	}
}

// Median returns the median of all values, or 0 if there are none.
func (m *RunningMedian) Median() float64 {
	if len(m.lower) == 0 {
		return 0
	}
	middle := -m.lower[0]
	if len(m.lower) > len(m.upper) {
		return float64(middle)
	}
	return float64(middle+m.upper[0]) / 2
}

// minHeap is a heap whose smallest value is at 0.
type minHeap []int

func (h minHeap) Len() int           { return len(h) }
func (h minHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h minHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *minHeap) Push(x any)        { *h = append(*h, x.(int)) }

func (h *minHeap) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	*h = (*h)[:last]
	return x
}
