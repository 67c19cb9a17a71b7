"""Traces the path back without asking whether the target was reached at all."""

from collections import deque


def shortest_path(nodes, links, source, target):
    neighbours = [[] for _ in range(nodes)]
    for a, b in links:
        neighbours[a].append(b)
        neighbours[b].append(a)
    came_from = {source: None}
    queue = deque([source])
    while queue:
        node = queue.popleft()
        for neighbour in neighbours[node]:
            if neighbour not in came_from:
                came_from[neighbour] = node
                queue.append(neighbour)
    path = []
    node = target
    while node is not None:
        path.append(node)
        node = came_from[node]
    return path[::-1]
