// Package solution finds routes through a network of equal links.
package solution

import "slices"

// ShortestPath returns the nodes of a path from source to target with the
// fewest links, both ends included, or nil if there is no path.
func ShortestPath(nodes int, links [][]int, source, target int) []int {
	neighbours := make([][]int, nodes)
	for _, link := range links {
		a, b := link[0], link[1]
		neighbours[a] = append(neighbours[a], b)
		neighbours[b] = append(neighbours[b], a)
	}

	// The first visit is from a node that is as close to the source as can be.
	visitedFrom := make([]int, nodes)
	visited := make([]bool, nodes)
	visited[source] = true
	for queue := []int{source}; len(queue) > 0; {
		node := queue[0]
		if node == target {
			return trace(visitedFrom, source, target)
		}
		queue = queue[1:]
		for _, next := range neighbours[node] {
			if !visited[next] {
				visited[next] = true
				visitedFrom[next] = node
				queue = append(queue, next)
			}
		}
	}
	return nil
}

// trace follows the visits from target back to source and returns them in
// the order in which they are to be walked.
func trace(visitedFrom []int, source, target int) []int {
	path := []int{target}
	for node := target; node != source; {
		node = visitedFrom[node]
		path = append(path, node)
	}
	slices.Reverse(path)
	return path
}
