"""Searches from both ends and takes the first node at which they meet, which need not lie on a shortest path."""

from collections import deque


def shortest_path(nodes, links, source, target):
    if source == target:
        return [source]
    neighbours = [[] for _ in range(nodes)]
    for a, b in links:
        neighbours[a].append(b)
        neighbours[b].append(a)
    ends = {source: None}, {target: None}
    queues = deque([source]), deque([target])
    while all(queues):
        for own, other, queue in zip(ends, ends[::-1], queues):
            node = queue.popleft()
            for neighbour in neighbours[node]:
                if neighbour not in own:
                    own[neighbour] = node
                    queue.append(neighbour)
                if neighbour in other:
                    return joined(*ends, neighbour)
    return []


def joined(front, back, meeting):
    path = []
    node = meeting
    while node is not None:
        path.append(node)
        node = front[node]
    path.reverse()
    node = back[meeting]
    while node is not None:
        path.append(node)
        node = back[node]
    return path
