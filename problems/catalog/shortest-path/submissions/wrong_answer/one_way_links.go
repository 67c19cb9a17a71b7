// Package solution takes links for one-way streets.
package solution

func ShortestPath(nodes int, links [][]int, source, target int) []int {
	neighbours := make(map[int][]int)
	for _, link := range links {
		neighbours[link[0]] = append(neighbours[link[0]], link[1])
	}
	from := map[int]int{source: source}
	queue := []int{source}
	for len(queue) > 0 {
		node := queue[0]
		queue = queue[1:]
		for _, next := range neighbours[node] {
			if _, ok := from[next]; !ok {
				from[next] = node
				queue = append(queue, next)
			}
		}
	}
	if _, ok := from[target]; !ok {
		return nil
	}
	path := []int{target}
	for path[0] != source {
		path = append([]int{from[path[0]]}, path...)
	}
	return path
}
