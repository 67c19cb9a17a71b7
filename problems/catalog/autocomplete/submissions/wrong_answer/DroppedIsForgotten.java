import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Knows the uses only of phrases that are in a list: one that drops out starts again from nothing. */
class Autocomplete {
    private static final class Entry {
        final String text;
        long uses;

        Entry(String text) {
            this.text = text;
        }
    }

    private static final Comparator<Entry> ORDER = Comparator.<Entry>comparingLong(e -> -e.uses)
            .thenComparingInt(e -> e.text.length())
            .thenComparing(e -> e.text);

    private final int limit;
    private final Map<String, List<Entry>> best = new HashMap<>();

    Autocomplete(int limit, List<String> phrases, int[] uses) {
        this.limit = limit;
        for (int i = 0; i < uses.length; i++) {
            record(phrases.get(i), uses[i]);
        }
    }

    void record(String phrase, int uses) {
        for (int end = 0; end <= phrase.length(); end++) {
            List<Entry> list = best.computeIfAbsent(phrase.substring(0, end), key -> new ArrayList<>());
            Entry entry = list.stream().filter(e -> e.text.equals(phrase)).findAny().orElse(null);
            if (entry == null) {
                entry = new Entry(phrase);
                list.add(entry);
            }
            entry.uses += uses;
            list.sort(ORDER);
            if (list.size() > limit) {
                list.remove(limit);
            }
        }
    }

    List<String> suggest(String prefix) {
        return best.getOrDefault(prefix, List.of()).stream().map(e -> e.text).toList();
    }
}
