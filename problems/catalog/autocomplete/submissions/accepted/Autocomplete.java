import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A trie whose nodes have their suggestions ready. */
public class Autocomplete {

    /** Compared by identity: there is one object for each text. */
    private static final class Phrase {
        final String text;
        long uses;

        Phrase(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        long uses() {
            return uses;
        }

        int length() {
            return text.length();
        }
    }

    private static final Comparator<Phrase> BEST_FIRST = Comparator.comparingLong(Phrase::uses).reversed()
            .thenComparingInt(Phrase::length)
            .thenComparing(Phrase::text);

    /** Stands for a prefix and knows the best phrases that begin with it, in order. */
    private static final class Node {
        final Map<Character, Node> children = new HashMap<>();
        final List<Phrase> best = new ArrayList<>();

        /** Gives a phrase whose uses have grown its place. No other phrase can enter, since none other got better. */
        void promote(Phrase phrase, int limit) {
            int i = best.indexOf(phrase);
            if (i < 0) {
                i = best.size();
                best.add(phrase);
            }
            for (; i > 0 && BEST_FIRST.compare(phrase, best.get(i - 1)) < 0; i--) {
                Collections.swap(best, i, i - 1);
            }
            if (best.size() > limit) {
                best.remove(limit);
            }
        }
    }

    private final int limit;
    private final Map<String, Phrase> phrases = new HashMap<>();
    private final Node root = new Node();

    public Autocomplete(int limit, List<String> phrases, int[] uses) {
        this.limit = limit;
        for (int i = 0; i < uses.length; i++) {
            record(phrases.get(i), uses[i]);
        }
    }

    public void record(String text, int uses) {
        Phrase phrase = phrases.computeIfAbsent(text, Phrase::new);
        phrase.uses += uses;
        Node node = root;
        node.promote(phrase, limit);
        for (char c : text.toCharArray()) {
            node = node.children.computeIfAbsent(c, key -> new Node());
            node.promote(phrase, limit);
        }
    }

    public List<String> suggest(String prefix) {
        Node node = root;
        for (char c : prefix.toCharArray()) {
            node = node.children.get(c);
            if (node == null) {
                return List.of();
            }
        }
        return node.best.stream().map(Phrase::text).toList();
    }
}
