import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Finds the range of the prefix in a sorted map, but then goes through the whole range. */
class Autocomplete {
    private static final Comparator<Map.Entry<String, Long>> WORST_FIRST =
            Map.Entry.<String, Long>comparingByValue()
                    .thenComparing(e -> -e.getKey().length())
                    .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder()));

    private final int limit;
    private final TreeMap<String, Long> uses = new TreeMap<>();

    Autocomplete(int limit, List<String> phrases, int[] uses) {
        this.limit = limit;
        for (int i = 0; i < uses.length; i++) {
            record(phrases.get(i), uses[i]);
        }
    }

    void record(String phrase, int count) {
        uses.merge(phrase, (long) count, Long::sum);
    }

    List<String> suggest(String prefix) {
        var best = new PriorityQueue<>(WORST_FIRST);
        for (var entry : uses.subMap(prefix, prefix + '\uffff').entrySet()) {
            if (best.size() < limit || WORST_FIRST.compare(entry, best.peek()) > 0) {
                best.add(entry);
                if (best.size() > limit) {
                    best.remove();
                }
            }
        }
        return best.stream().sorted(WORST_FIRST.reversed()).map(Map.Entry::getKey).toList();
    }
}
