import java.util.LinkedHashMap;
import java.util.Map;

/** Reading moves a key, but storing a key again leaves it where it was. */
class LRUCache {
    private final int capacity;
    private final Map<Integer, Integer> values = new LinkedHashMap<>();

    LRUCache(int capacity) {
        this.capacity = capacity;
    }

    int get(int key) {
        Integer value = values.remove(key);
        if (value == null) {
            return -1;
        }
        values.put(key, value);
        return value;
    }

    void put(int key, int value) {
        if (!values.containsKey(key) && values.size() == capacity) {
            values.remove(values.keySet().iterator().next());
        }
        values.put(key, value);
    }
}
