import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds uses up in int, which overflows. */
class Autocomplete {
    private final int limit;
    private final Map<String, Integer> uses = new HashMap<>();
    private final Map<String, List<String>> best = new HashMap<>();
    private final Comparator<String> order = Comparator.<String>comparingInt(p -> -uses.get(p))
            .thenComparingInt(String::length)
            .thenComparing(Comparator.naturalOrder());

    Autocomplete(int limit, List<String> phrases, int[] uses) {
        this.limit = limit;
        for (int i = 0; i < uses.length; i++) {
            record(phrases.get(i), uses[i]);
        }
    }

    void record(String phrase, int count) {
        uses.merge(phrase, count, Integer::sum);
        for (int end = 0; end <= phrase.length(); end++) {
            List<String> list = best.computeIfAbsent(phrase.substring(0, end), key -> new ArrayList<>());
            if (!list.contains(phrase)) {
                list.add(phrase);
            }
            list.sort(order);
            if (list.size() > limit) {
                list.remove(limit);
            }
        }
    }

    List<String> suggest(String prefix) {
        return List.copyOf(best.getOrDefault(prefix, List.of()));
    }
}
