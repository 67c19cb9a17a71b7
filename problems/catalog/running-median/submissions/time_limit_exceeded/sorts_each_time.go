// Package solution sorts all values again for every median.
package solution

import "slices"

type RunningMedian struct {
	values []int
}

func NewRunningMedian() *RunningMedian {
	return &RunningMedian{}
}

func (m *RunningMedian) Add(value int) {
	m.values = append(m.values, value)
}

func (m *RunningMedian) Median() float64 {
	n := len(m.values)
	if n == 0 {
		return 0
	}
	slices.Sort(m.values)
	return float64(m.values[(n-1)/2]+m.values[n/2]) / 2
}
