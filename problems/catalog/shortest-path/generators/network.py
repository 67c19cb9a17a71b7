"""Prints networks of a shape. Uses nothing of random but random(), whose
sequence is the same in every version of Python."""

import argparse
import json
import random


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, n):
        return int(self.random() * n)

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]

    def tree(self, first, nodes):
        """Links of a random tree of nodes numbered from first on."""
        return [[first + self.below(i), first + i] for i in range(1, nodes)]

    def small(self, nodes):
        n = 1 + self.below(nodes)
        # As many links as make some networks fall apart and others nearly complete.
        links = [[self.below(n), self.below(n)] for _ in range(self.below(2 * n + 1))]
        return n, links, self.below(n), self.below(n)

    def hub(self, nodes):
        """Both ends lie behind neighbours of a node that has nearly all others for neighbours."""
        leaves = nodes - 3
        links = [[0, 1 + i] for i in range(leaves)]
        links += [[1, nodes - 2], [leaves, nodes - 1]]
        return nodes, links, nodes - 2, nodes - 1

    def chain(self, nodes):
        return nodes, [[i, i + 1] for i in range(nodes - 1)] + [[1, 0]], 0, nodes - 1

    def sparse(self, nodes, links):
        made = self.tree(0, nodes)
        made += [[self.below(nodes), self.below(nodes)] for _ in range(links - len(made))]
        return nodes, made, nodes - 1, nodes - 2

    def layers(self, nodes):
        """Layers of 100 nodes, each linked with all of the next: very many shortest paths."""
        made = []
        for a in range(nodes - 100):
            made += [[a, b] for b in range(a - a % 100 + 100, a - a % 100 + 200)]
        return nodes, made, 0, nodes - 1

    def detours(self, nodes):
        """A chain whose links each have two detours of one node more, which come first."""
        made = []
        for a in range(0, nodes - 3, 3):
            made += [[a, a + 1], [a + 1, a + 2], [a + 2, a + 3], [a, a + 3]]
        return nodes, made, 0, (nodes - 1) // 3 * 3

    def islands(self, nodes, links):
        """Two networks with nothing between them."""
        half = nodes // 2
        made = self.tree(0, half) + self.tree(half, nodes - half)
        for _ in range(links - len(made)):
            first = half * self.below(2)
            made.append([first + self.below(half), first + self.below(half)])
        return nodes, made, 0, nodes - 1

    def disguise(self, nodes, links, source, target):
        """Gives all nodes other numbers, and all links another order and other directions."""
        number = list(range(nodes))
        self.shuffle(number)
        links = [[number[a], number[b]] for a, b in links]
        for link in links:
            self.shuffle(link)
        self.shuffle(links)
        return nodes, links, number[source], number[target]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument(
        "--shape", choices=["small", "hub", "chain", "sparse", "layers", "detours", "islands"], required=True
    )
    parser.add_argument("--cases", type=int, default=1)
    parser.add_argument("--nodes", type=int, required=True, help="at most so many, for small; else just so many")
    parser.add_argument("--links", type=int, default=0, help="for sparse and islands")
    options = parser.parse_args()

    maker = Maker(options.seed)
    shape = getattr(maker, options.shape)
    sizes = [options.nodes, options.links] if options.links else [options.nodes]
    for _ in range(options.cases):
        print(json.dumps(maker.disguise(*shape(*sizes)), separators=(",", ":")))


main()
