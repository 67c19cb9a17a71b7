import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Looks fast: a map and a deque. But taking a key out of the middle of a deque is a search. */
class LRUCache {
    private final int capacity;
    private final Map<Integer, Integer> values = new HashMap<>();
    private final Deque<Integer> order = new ArrayDeque<>();

    LRUCache(int capacity) {
        this.capacity = capacity;
    }

    int get(int key) {
        Integer value = values.get(key);
        if (value == null) {
            return -1;
        }
        order.remove(key);
        order.addLast(key);
        return value;
    }

    void put(int key, int value) {
        if (values.put(key, value) != null) {
            order.remove(key);
        } else if (values.size() > capacity) {
            values.remove(order.removeFirst());
        }
        order.addLast(key);
    }
}
