// Package solution finds the place of a value quickly, but has to move all
// values behind it.
package solution

import "slices"

type RunningMedian struct {
	sorted []int
}

func NewRunningMedian() *RunningMedian {
	return &RunningMedian{}
}

func (m *RunningMedian) Add(value int) {
	i, _ := slices.BinarySearch(m.sorted, value)
	m.sorted = slices.Insert(m.sorted, i, value)
}

func (m *RunningMedian) Median() float64 {
	n := len(m.sorted)
	if n == 0 {
		return 0
	}
	return float64(m.sorted[(n-1)/2]+m.sorted[n/2]) / 2
}
