// Package solution visits depth first without remembering where it has been:
// on a circle it goes round until the stack is full.
package solution

import "slices"

func BuildOrder(modules []string, dependencies [][]string) []string {
	uses := map[string][]string{}
	for _, d := range dependencies {
		uses[d[0]] = append(uses[d[0]], d[1])
	}
	var order []string
	var build func(string)
	build = func(module string) {
		for _, used := range uses[module] {
			build(used)
		}
		if !slices.Contains(order, module) {
			order = append(order, module)
		}
	}
	for _, m := range modules {
		build(m)
	}
	return order
}
