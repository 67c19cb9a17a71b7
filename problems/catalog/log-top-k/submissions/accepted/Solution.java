import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/** Keeps only the k best endpoints in a heap whose head is the worst of them. */
public class Solution {
    private static final class Endpoint {
        final String path;
        int failed;
        int longest;

        Endpoint(String path) {
            this.path = path;
        }
    }

    private static final Comparator<Endpoint> BEST_FIRST =
            Comparator.comparingInt((Endpoint e) -> -e.failed)
                    .thenComparingInt(e -> -e.longest)
                    .thenComparing(e -> e.path);

    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII), 1 << 16);
        String[] first = in.readLine().split(" ");
        int n = Integer.parseInt(first[0]);
        int k = Integer.parseInt(first[1]);

        Map<String, Endpoint> byPath = new HashMap<>();
        for (int i = 0; i < n; i++) {
            String line = in.readLine();
            int durationAt = line.lastIndexOf(' ');
            int statusAt = line.lastIndexOf(' ', durationAt - 1);
            if (line.charAt(statusAt + 1) != '5') {
                continue;
            }
            int pathAt = line.indexOf('/');
            int query = line.indexOf('?', pathAt);
            String path = line.substring(pathAt, query < 0 ? statusAt : query);
            Endpoint e = byPath.computeIfAbsent(path, Endpoint::new);
            e.failed++;
            e.longest = Math.max(e.longest, Integer.parseInt(line, durationAt + 1, line.length(), 10));
        }

        var best = new PriorityQueue<Endpoint>(BEST_FIRST.reversed());
        for (Endpoint e : byPath.values()) {
            best.add(e);
            if (best.size() > k) {
                best.remove();
            }
        }
        var out = new StringBuilder();
        best.stream().sorted(BEST_FIRST).forEach(
                e -> out.append(e.path).append(' ').append(e.failed).append(' ').append(e.longest).append('\n'));
        System.out.print(out.isEmpty() ? "none\n" : out);
    }
}
