import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

/** Sorts paths without regard to case, so that ties come out in another order. */
public class IgnoresCase {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        int k = in.nextInt();
        Map<String, int[]> stats = new HashMap<>();
        for (int i = 0; i < n; i++) {
            in.next();
            in.next();
            String path = in.next().split("\\?")[0];
            int status = in.nextInt();
            int duration = in.nextInt();
            if (status >= 500) {
                int[] s = stats.computeIfAbsent(path, p -> new int[2]);
                s[0]++;
                s[1] = Math.max(s[1], duration);
            }
        }
        List<String> paths = new ArrayList<>(stats.keySet());
        paths.sort((a, b) -> {
            int[] x = stats.get(a);
            int[] y = stats.get(b);
            if (x[0] != y[0]) {
                return y[0] - x[0];
            }
            if (x[1] != y[1]) {
                return y[1] - x[1];
            }
            return a.compareToIgnoreCase(b);
        });
        if (paths.isEmpty()) {
            System.out.println("none");
        }
        for (String p : paths.subList(0, Math.min(k, paths.size()))) {
            System.out.println(p + " " + stats.get(p)[0] + " " + stats.get(p)[1]);
        }
    }
}
