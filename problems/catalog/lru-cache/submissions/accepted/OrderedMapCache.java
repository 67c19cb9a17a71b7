import java.util.LinkedHashMap;
import java.util.Map;

/** A cache on top of the library's map that keeps its entries in the order of access. */
class LRUCache {
    private final Map<Integer, Integer> values;

    LRUCache(int capacity) {
        values = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
                return size() > capacity;
            }
        };
    }

    int get(int key) {
        // getOrDefault counts as an access only where the key is found.
        return values.getOrDefault(key, -1);
    }

    void put(int key, int value) {
        values.put(key, value);
    }
}
