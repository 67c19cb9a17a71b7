// Package solution cuts the list at the limit even where it is shorter.
package solution

import (
	"cmp"
	"maps"
	"slices"
)

// TopCustomers returns the customers with the most orders.
func TopCustomers(orders []int, customers []string, placedAt []int64, cents []int, since, until, minCents int64, limit int) []string {
	numbers := map[string]map[int]bool{}
	totals := map[string]int64{}
	for i, c := range customers {
		if c == "" || placedAt[i] < since || placedAt[i] >= until {
			continue
		}
		if numbers[c] == nil {
			numbers[c] = map[int]bool{}
		}
		numbers[c][orders[i]] = true
		totals[c] += int64(cents[i])
	}
	maps.DeleteFunc(totals, func(_ string, total int64) bool { return total < minCents })
	top := slices.SortedFunc(maps.Keys(totals), func(a, b string) int {
		return cmp.Or(len(numbers[b])-len(numbers[a]), cmp.Compare(totals[b], totals[a]), cmp.Compare(a, b))
	})
	return slices.Clip(top)[:limit]
}
