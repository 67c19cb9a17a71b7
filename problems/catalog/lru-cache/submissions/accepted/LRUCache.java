import java.util.HashMap;
import java.util.Map;

/** A cache that finds entries through a map and orders them by last use in a ring. */
public class LRUCache {
    private static final class Entry {
        final int key;
        int value;
        Entry prev = this;
        Entry next = this;

        Entry(int key) {
            this.key = key;
        }

        void unlink() {
            prev.next = next;
            next.prev = prev;
        }

        void linkAfter(Entry other) {
            prev = other;
            next = other.next;
            prev.next = this;
            next.prev = this;
        }
    }

    private final int capacity;
    private final Map<Integer, Entry> entries = new HashMap<>();

    /** Closes the ring: after it comes the entry used last, before it the one used longest ago. */
    private final Entry root = new Entry(0);

    public LRUCache(int capacity) {
        this.capacity = capacity;
    }

    /** Returns the value of the key, or -1 when the cache does not hold it. */
    public int get(int key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return -1;
        }
        entry.unlink();
        entry.linkAfter(root);
        return entry.value;
    }

    /** Stores the value and forgets the entry used longest ago when there are more than fit. */
    public void put(int key, int value) {
        Entry entry = entries.computeIfAbsent(key, Entry::new);
        entry.value = value;
        entry.unlink();
        entry.linkAfter(root);
        if (entries.size() > capacity) {
            Entry oldest = root.prev;
            oldest.unlink();
            entries.remove(oldest.key);
        }
    }
}
