import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds endpoints by walking through a list of all of them. */
public class ListSearch {
    record Failure(String path, int duration) {}

    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in));
        String[] first = in.readLine().split(" ");
        int n = Integer.parseInt(first[0]);
        int k = Integer.parseInt(first[1]);
        List<Failure> failures = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String[] f = in.readLine().split(" ");
            if (f[3].compareTo("500") >= 0) {
                String path = f[2].split("\\?")[0];
                failures.add(new Failure(path, Integer.parseInt(f[4])));
                if (!paths.contains(path)) {
                    paths.add(path);
                }
            }
        }
        List<int[]> stats = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            int[] s = {0, 0, i};
            for (Failure x : failures) {
                if (x.path().equals(paths.get(i))) {
                    s[0]++;
                    s[1] = Math.max(s[1], x.duration());
                }
            }
            stats.add(s);
        }
        Collections.sort(stats, (a, b) -> {
            if (a[0] != b[0]) {
                return b[0] - a[0];
            }
            if (a[1] != b[1]) {
                return b[1] - a[1];
            }
            return paths.get(a[2]).compareTo(paths.get(b[2]));
        });
        if (stats.isEmpty()) {
            System.out.println("none");
        }
        for (int[] s : stats.subList(0, Math.min(k, stats.size()))) {
            System.out.println(paths.get(s[2]) + " " + s[0] + " " + s[1]);
        }
    }
}
