"""Finds routes through a network of equal links."""

from collections import deque


def shortest_path(nodes: int, links: list[list[int]], source: int, target: int) -> list[int]:
    """Returns a path from source to target with the fewest links, or an empty list if there is none."""
    neighbours: list[list[int]] = [[] for _ in range(nodes)]
    for a, b in links:
        neighbours[a].append(b)
        neighbours[b].append(a)

    # The first visit is from a node that is as close to the source as can be.
    visited_from = {source: source}
    queue = deque([source])
    while queue:
        node = queue.popleft()
        if node == target:
            return trace(visited_from, source, target)
        for neighbour in neighbours[node]:
            if neighbour not in visited_from:
                visited_from[neighbour] = node
                queue.append(neighbour)
    return []


def trace(visited_from: dict[int, int], source: int, target: int) -> list[int]:
    """Follows the visits from target back to source; returns them in the order in which they are to be walked."""
    path = [target]
    while path[-1] != source:
        path.append(visited_from[path[-1]])
    return path[::-1]
