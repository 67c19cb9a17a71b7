// Package solution decides in which order modules are built.
package solution

// BuildOrder returns the modules so that each comes after all that it uses,
// or nil if some use each other in a circle. A dependency is a pair of a
// module and one that it uses.
func BuildOrder(modules []string, dependencies [][]string) []string {
	missing := make(map[string]int, len(modules))
	users := make(map[string][]string, len(modules))
	for _, d := range dependencies {
		module, used := d[0], d[1]
		missing[module]++
		users[used] = append(users[used], module)
	}

	order := make([]string, 0, len(modules))
	for _, m := range modules {
		if missing[m] == 0 {
			order = append(order, m)
		}
	}
	// What is in the order is built; it grows while it is walked through.
	for i := 0; i < len(order); i++ {
		for _, user := range users[order[i]] {
			missing[user]--
			if missing[user] == 0 {
				order = append(order, user)
			}
		}
	}
	if len(order) < len(modules) {
		return nil
	}
	return order
}
