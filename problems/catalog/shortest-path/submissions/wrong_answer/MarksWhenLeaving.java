import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Marks a node only when it leaves the queue; until then others overwrite where it was reached from. */
class Solution {
    int[] shortestPath(int nodes, int[][] links, int source, int target) {
        List<List<Integer>> neighbours = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            neighbours.add(new ArrayList<>());
        }
        for (int[] link : links) {
            neighbours.get(link[0]).add(link[1]);
            neighbours.get(link[1]).add(link[0]);
        }
        int[] from = new int[nodes];
        Arrays.fill(from, -1);
        boolean[] visited = new boolean[nodes];
        var queue = new ArrayDeque<Integer>();
        queue.add(source);
        while (!queue.isEmpty()) {
            int node = queue.remove();
            if (visited[node]) {
                continue;
            }
            visited[node] = true;
            for (int neighbour : neighbours.get(node)) {
                if (!visited[neighbour]) {
                    from[neighbour] = node;
                    queue.add(neighbour);
                }
            }
        }
        List<Integer> path = new ArrayList<>();
        if (visited[target]) {
            for (int node = target; node >= 0; node = from[node]) {
                path.add(node);
            }
            Collections.reverse(path);
        }
        return path.stream().mapToInt(i -> i).toArray();
    }
}
