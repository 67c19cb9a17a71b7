// Package solution looks for the middle of values that are not there.
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
	slices.Sort(m.values)
	n := len(m.values)
	return float64(m.values[(n-1)/2]+m.values[n/2]) / 2
}
