// Package solution thinks that a path without links has no nodes either.
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
	from[target] = target
	for queue := []int{target}; len(queue) > 0; queue = queue[1:] {
		for _, next := range neighbours[queue[0]] {
			if from[next] < 0 {
				from[next] = queue[0]
				queue = append(queue, next)
			}
		}
	}
	var path []int
	for node := source; from[node] >= 0 && node != from[node]; node = from[node] {
		path = append(path, node)
	}
	if len(path) > 0 {
		path = append(path, target)
	}
	return slices.Clip(path)
}
