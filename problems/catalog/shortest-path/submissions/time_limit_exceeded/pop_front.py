"""Breadth-first search whose queue is a list: each pop(0) moves all that wait."""


def shortest_path(nodes, links, source, target):
    neighbours = [[] for _ in range(nodes)]
    for a, b in links:
        neighbours[a].append(b)
        neighbours[b].append(a)
    came_from = {source: None}
    queue = [source]
    while queue:
        node = queue.pop(0)
        if node == target:
            path = []
            while node is not None:
                path.append(node)
                node = came_from[node]
            return path[::-1]
        for neighbour in neighbours[node]:
            if neighbour not in came_from:
                came_from[neighbour] = node
                queue.append(neighbour)
    return []
