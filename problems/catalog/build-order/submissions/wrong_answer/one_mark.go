// Package solution marks modules as visited, but not whether it is still
// below them: it never sees a circle.
package solution

func BuildOrder(modules []string, dependencies [][]string) []string {
	uses := map[string][]string{}
	for _, d := range dependencies {
		uses[d[0]] = append(uses[d[0]], d[1])
	}
	visited := map[string]bool{}
	var order []string
	var visit func(string)
	visit = func(module string) {
		if visited[module] {
			return
		}
		visited[module] = true
		for _, used := range uses[module] {
			visit(used)
		}
		order = append(order, module)
	}
	for _, m := range modules {
		visit(m)
	}
	return order
}
