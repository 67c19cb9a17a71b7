import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;

/** Finds routes through a network of equal links. */
public class Solution {
    /** Returns a path from source to target with the fewest links; it is empty if there is none. */
    public int[] shortestPath(int nodes, int[][] links, int source, int target) {
        List<List<Integer>> neighbours = Stream.generate(() -> (List<Integer>) new ArrayList<Integer>())
                .limit(nodes)
                .toList();
        for (int[] link : links) {
            neighbours.get(link[0]).add(link[1]);
            neighbours.get(link[1]).add(link[0]);
        }

        // The first visit is from a node that is as close to the source as can be.
        int[] visitedFrom = new int[nodes];
        boolean[] visited = new boolean[nodes];
        visited[source] = true;
        Queue<Integer> queue = new ArrayDeque<>();
        queue.add(source);
        while (!queue.isEmpty()) {
            int node = queue.remove();
            if (node == target) {
                return trace(visitedFrom, source, target);
            }
            for (int neighbour : neighbours.get(node)) {
                if (!visited[neighbour]) {
                    visited[neighbour] = true;
                    visitedFrom[neighbour] = node;
                    queue.add(neighbour);
                }
            }
        }
        return new int[0];
    }

    /** Follows the visits from target back to source; returns them in the order in which they are to be walked. */
    private static int[] trace(int[] visitedFrom, int source, int target) {
        var path = new ArrayDeque<Integer>();
        path.add(target);
        while (path.getFirst() != source) {
            path.addFirst(visitedFrom[path.getFirst()]);
        }
        return path.stream().mapToInt(Integer::intValue).toArray();
    }
}
