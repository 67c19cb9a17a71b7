import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes through all lines once for each customer. */
class Solution {
    List<String> topCustomers(int[] orders, List<String> customers, long[] placedAt, int[] cents,
            long since, long until, long minCents, int limit) {
        List<String> found = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Long> totals = new HashMap<>();
        for (String customer : new HashSet<>(customers)) {
            Set<Integer> numbers = new HashSet<>();
            long total = 0;
            for (int i = 0; i < orders.length; i++) {
                if (customers.get(i).equals(customer) && placedAt[i] >= since && placedAt[i] < until) {
                    numbers.add(orders[i]);
                    total += cents[i];
                }
            }
            if (!customer.isEmpty() && !numbers.isEmpty() && total >= minCents) {
                found.add(customer);
                counts.put(customer, numbers.size());
                totals.put(customer, total);
            }
        }
        found.sort(Comparator.<String>comparingInt(counts::get)
                .thenComparingLong(totals::get)
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        return found.subList(0, Math.min(limit, found.size()));
    }
}
