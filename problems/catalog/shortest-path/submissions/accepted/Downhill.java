import java.util.Arrays;

/** Measures distances to the target and walks from the source to ever smaller ones. */
class Solution {
    int[] shortestPath(int nodes, int[][] links, int source, int target) {
        // The neighbours of n are neighbours[begin[n]] to neighbours[begin[n + 1] - 1].
        int[] begin = new int[nodes + 1];
        for (int[] link : links) {
            begin[link[0]]++;
            begin[link[1]]++;
        }
        for (int node = 1; node <= nodes; node++) {
            begin[node] += begin[node - 1];
        }
        int[] neighbours = new int[begin[nodes]];
        for (int[] link : links) {
            neighbours[--begin[link[0]]] = link[1];
            neighbours[--begin[link[1]]] = link[0];
        }

        // No path has as many links as there are nodes.
        int[] distance = new int[nodes];
        Arrays.fill(distance, nodes);
        distance[target] = 0;
        int[] queue = new int[nodes];
        queue[0] = target;
        for (int head = 0, tail = 1; head < tail; head++) {
            int node = queue[head];
            for (int i = begin[node]; i < begin[node + 1]; i++) {
                int neighbour = neighbours[i];
                if (distance[neighbour] == nodes) {
                    distance[neighbour] = distance[node] + 1;
                    queue[tail++] = neighbour;
                }
            }
        }
        if (distance[source] == nodes) {
            return new int[0];
        }

        int[] path = new int[distance[source] + 1];
        path[0] = source;
        for (int step = 1; step < path.length; step++) {
            int i = begin[path[step - 1]];
            while (distance[neighbours[i]] != distance[source] - step) {
                i++;
            }
            path[step] = neighbours[i];
        }
        return path;
    }
}
