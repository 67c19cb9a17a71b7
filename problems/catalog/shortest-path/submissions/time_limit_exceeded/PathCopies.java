import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps whole paths in the queue and copies one for each node. */
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
        boolean[] visited = new boolean[nodes];
        visited[source] = true;
        var queue = new ArrayDeque<int[]>();
        queue.add(new int[] {source});
        while (!queue.isEmpty()) {
            int[] path = queue.remove();
            int last = path[path.length - 1];
            if (last == target) {
                return path;
            }
            for (int neighbour : neighbours.get(last)) {
                if (!visited[neighbour]) {
                    visited[neighbour] = true;
                    int[] longer = Arrays.copyOf(path, path.length + 1);
                    longer[path.length] = neighbour;
                    queue.add(longer);
                }
            }
        }
        return new int[0];
    }
}
