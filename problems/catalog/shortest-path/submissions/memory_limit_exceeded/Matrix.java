import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Wants a table that tells of all pairs of nodes whether they are linked. */
class Solution {
    int[] shortestPath(int nodes, int[][] links, int source, int target) {
        boolean[][] linked = new boolean[nodes][nodes];
        for (int[] link : links) {
            linked[link[0]][link[1]] = true;
            linked[link[1]][link[0]] = true;
        }
        Integer[] from = new Integer[nodes];
        from[source] = -1;
        var queue = new ArrayDeque<Integer>();
        queue.add(source);
        while (!queue.isEmpty()) {
            int node = queue.remove();
            for (int next = 0; next < nodes; next++) {
                if (linked[node][next] && from[next] == null) {
                    from[next] = node;
                    queue.add(next);
                }
            }
        }
        List<Integer> path = new ArrayList<>();
        if (from[target] != null) {
            for (int node = target; node >= 0; node = from[node]) {
                path.add(node);
            }
            Collections.reverse(path);
        }
        return path.stream().mapToInt(i -> i).toArray();
    }
}
