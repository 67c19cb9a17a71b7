// Package solution takes a pair for "the first before the second".
package solution

func BuildOrder(modules []string, dependencies [][]string) []string {
	missing := map[string]int{}
	users := map[string][]string{}
	for _, d := range dependencies {
		missing[d[1]]++
		users[d[0]] = append(users[d[0]], d[1])
	}
	var order []string
	for _, m := range modules {
		if missing[m] == 0 {
			order = append(order, m)
		}
	}
	for i := 0; i < len(order); i++ {
		for _, user := range users[order[i]] {
			if missing[user]--; missing[user] == 0 {
				order = append(order, user)
			}
		}
	}
	if len(order) < len(modules) {
		return nil
	}
	return order
}
