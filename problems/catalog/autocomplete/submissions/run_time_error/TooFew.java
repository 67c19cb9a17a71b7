import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cuts the list at the limit even where it is shorter. */
class Autocomplete {
    private final int limit;
    private final Map<String, Long> uses = new TreeMap<>();

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
        List<String> found = new ArrayList<>();
        for (String phrase : uses.keySet()) {
            if (phrase.startsWith(prefix)) {
                found.add(phrase);
            }
        }
        found.sort(Comparator.<String>comparingLong(p -> -uses.get(p)).thenComparingInt(String::length));
        return found.subList(0, limit);
    }
}
