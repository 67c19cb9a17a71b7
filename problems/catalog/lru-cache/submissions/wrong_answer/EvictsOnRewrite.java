import java.util.Iterator;
import java.util.LinkedHashMap;

/** Makes room whenever the cache is full, even where the key is there already. */
class LRUCache {
    private final int capacity;
    private final LinkedHashMap<Integer, Integer> values = new LinkedHashMap<>(16, 0.75f, true);

    LRUCache(int capacity) {
        this.capacity = capacity;
    }

    int get(int key) {
        return values.getOrDefault(key, -1);
    }

    void put(int key, int value) {
        if (values.size() == capacity) {
            Iterator<Integer> oldest = values.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        values.put(key, value);
    }
}
