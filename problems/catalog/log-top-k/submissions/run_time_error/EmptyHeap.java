import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Scanner;

/** Takes k endpoints from a heap that may hold fewer. */
public class EmptyHeap {
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
        var heap = new PriorityQueue<String>(
                Comparator.comparingInt((String p) -> -stats.get(p)[0])
                        .thenComparingInt(p -> -stats.get(p)[1])
                        .thenComparing(p -> p));
        heap.addAll(stats.keySet());
        for (int i = 0; i < k; i++) {
            String p = heap.remove();
            System.out.println(p + " " + stats.get(p)[0] + " " + stats.get(p)[1]);
        }
    }
}
