"""Searches depth first and returns the first path that it happens upon."""


def shortest_path(nodes, links, source, target):
    neighbours = [[] for _ in range(nodes)]
    for a, b in links:
        neighbours[a].append(b)
        neighbours[b].append(a)
    came_from = {source: None}
    stack = [source]
    while stack:
        node = stack.pop()
        if node == target:
            path = []
            while node is not None:
                path.append(node)
                node = came_from[node]
            return path[::-1]
        for neighbour in neighbours[node]:
            if neighbour not in came_from:
                came_from[neighbour] = node
                stack.append(neighbour)
    return []
