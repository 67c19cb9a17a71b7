// Package solution finds the customers with the most orders.
package solution

import (
	"cmp"
	"slices"
)

// group is what is known of one customer.
type group struct {
	customer string
	orders   int
	cents    int64
}

// TopCustomers returns at most limit customers who spent at least minCents
// from since up to but not including until: those with the most orders
// first, then those who spent more, then by name.
func TopCustomers(orders []int, customers []string, placedAt []int64, cents []int, since, until, minCents int64, limit int) []string {
	groups := map[string]*group{}
	seen := map[int]bool{}
	for i, customer := range customers {
		if customer == "" || placedAt[i] < since || placedAt[i] >= until {
			continue
		}
		g := groups[customer]
		if g == nil {
			g = &group{customer: customer}
			groups[customer] = g
		}
		g.cents += int64(cents[i])
		if !seen[orders[i]] {
			seen[orders[i]] = true
			g.orders++
		}
	}

	var ranking []*group
	for _, g := range groups {
		if g.cents >= minCents {
			ranking = append(ranking, g)
		}
	}
	slices.SortFunc(ranking, func(a, b *group) int {
		return cmp.Or(
			cmp.Compare(b.orders, a.orders),
			cmp.Compare(b.cents, a.cents),
			cmp.Compare(a.customer, b.customer),
		)
	})
	top := []string{}
	for _, g := range ranking[:min(limit, len(ranking))] {
		top = append(top, g.customer)
	}
	return top
}
