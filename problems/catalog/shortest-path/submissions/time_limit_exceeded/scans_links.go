// Package solution looks through all links at each node instead of keeping
// the neighbours of each.
package solution

import "slices"

func ShortestPath(nodes int, links [][]int, source, target int) []int {
	from := make([]int, nodes)
	for i := range from {
		from[i] = -1
	}
	from[source] = source
	queue := []int{source}
	for len(queue) > 0 && from[target] < 0 {
		node := queue[0]
		queue = queue[1:]
		for _, link := range links {
			a, b := link[0], link[1]
			if b == node {
				a, b = b, a
			}
			if a == node && from[b] < 0 {
				from[b] = node
				queue = append(queue, b)
			}
		}
	}
	if from[target] < 0 {
		return nil
	}
	path := []int{target}
	for node := target; node != source; {
		node = from[node]
		path = append(path, node)
	}
	slices.Reverse(path)
	return path
}
