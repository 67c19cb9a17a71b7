"""Tries every path that visits no node twice and keeps the shortest."""


def shortest_path(nodes, links, source, target):
    neighbours = [set() for _ in range(nodes)]
    for a, b in links:
        neighbours[a].add(b)
        neighbours[b].add(a)
    best = []
    path = [source]

    def extend():
        nonlocal best
        if path[-1] == target:
            if not best or len(path) < len(best):
                best = path[:]
            return
        for neighbour in sorted(neighbours[path[-1]]):
            if neighbour not in path:
                path.append(neighbour)
                extend()
                path.pop()

    extend()
    return best
