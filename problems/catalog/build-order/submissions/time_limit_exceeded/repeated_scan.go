// Package solution goes through all dependencies again for each round of
// modules that it can build.
package solution

func BuildOrder(modules []string, dependencies [][]string) []string {
	built := map[string]bool{}
	var order []string
	for {
		waiting := map[string]bool{}
		for _, d := range dependencies {
			if !built[d[1]] {
				waiting[d[0]] = true
			}
		}
		before := len(order)
		for _, m := range modules {
			if !built[m] && !waiting[m] {
				order = append(order, m)
			}
		}
		for _, m := range order[before:] {
			built[m] = true
		}
		if len(order) == len(modules) {
			return order
		}
		if len(order) == before {
			return nil
		}
	}
}
