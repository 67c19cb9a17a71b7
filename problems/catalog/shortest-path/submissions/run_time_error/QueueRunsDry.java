import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;

/** Takes from the queue until the target turns up, which it never does where there is no path. */
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
        boolean[] visited = new boolean[nodes];
        visited[source] = true;
        var queue = new ArrayDeque<Integer>();
        int node = source;
        while (node != target) {
            for (int neighbour : neighbours.get(node)) {
                if (!visited[neighbour]) {
                    visited[neighbour] = true;
                    from[neighbour] = node;
                    queue.add(neighbour);
                }
            }
            node = queue.remove();
        }
        var path = new LinkedList<Integer>();
        for (; node != source; node = from[node]) {
            path.addFirst(node);
        }
        path.addFirst(source);
        return path.stream().mapToInt(i -> i).toArray();
    }
}
