import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Groups the lines in a hash table, like a database. */
public class Solution {
    private static final class Group {
        final String customer;
        final Set<Integer> orders = new HashSet<>();
        long cents;

        Group(String customer) {
            this.customer = customer;
        }

        String customer() {
            return customer;
        }

        int orders() {
            return orders.size();
        }

        long cents() {
            return cents;
        }
    }

    private static final Comparator<Group> RANKING = Comparator.comparingInt(Group::orders)
            .thenComparingLong(Group::cents)
            .reversed()
            .thenComparing(Group::customer);

    public List<String> topCustomers(int[] orders, List<String> customers, long[] placedAt, int[] cents,
            long since, long until, long minCents, int limit) {
        Map<String, Group> groups = new HashMap<>();
        for (int i = 0; i < orders.length; i++) {
            String customer = customers.get(i);
            if (customer.isEmpty() || placedAt[i] < since || placedAt[i] >= until) {
                continue;
            }
            Group group = groups.computeIfAbsent(customer, Group::new);
            group.orders.add(orders[i]);
            group.cents += cents[i];
        }
        return groups.values().stream()
                .filter(group -> group.cents >= minCents)
                .sorted(RANKING)
                .limit(limit)
                .map(Group::customer)
                .toList();
    }
}
