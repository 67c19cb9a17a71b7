import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds cents up in int, which overflows. */
class Solution {
    List<String> topCustomers(int[] orders, List<String> customers, long[] placedAt, int[] cents,
            long since, long until, long minCents, int limit) {
        Map<String, Set<Integer>> numbers = new HashMap<>();
        Map<String, Integer> totals = new HashMap<>();
        for (int i = 0; i < orders.length; i++) {
            String customer = customers.get(i);
            if (!customer.isEmpty() && placedAt[i] >= since && placedAt[i] < until) {
                numbers.computeIfAbsent(customer, key -> new HashSet<>()).add(orders[i]);
                totals.merge(customer, cents[i], Integer::sum);
            }
        }
        Comparator<String> ranking = Comparator.<String>comparingInt(c -> numbers.get(c).size())
                .thenComparingInt(totals::get)
                .reversed()
                .thenComparing(Comparator.naturalOrder());
        return totals.keySet().stream().filter(c -> totals.get(c) >= minCents).sorted(ranking).limit(limit).toList();
    }
}
