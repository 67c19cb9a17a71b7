import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes an order for a new one unless it is that of the customer's line before. */
class Solution {
    List<String> topCustomers(int[] orders, List<String> customers, long[] placedAt, int[] cents,
            long since, long until, long minCents, int limit) {
        Map<String, Integer> last = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Long> totals = new HashMap<>();
        for (int i = 0; i < orders.length; i++) {
            String customer = customers.get(i);
            if (customer.isEmpty() || placedAt[i] < since || placedAt[i] >= until) {
                continue;
            }
            Integer before = last.put(customer, orders[i]);
            if (before == null || before != orders[i]) {
                counts.merge(customer, 1, Integer::sum);
            }
            totals.merge(customer, (long) cents[i], Long::sum);
        }
        return totals.keySet().stream()
                .filter(c -> totals.get(c) >= minCents)
                .sorted(Comparator.<String>comparingInt(counts::get)
                        .thenComparingLong(totals::get)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(limit)
                .toList();
    }
}
