"""Prints cases with random trees. Uses nothing of random but random(), whose
sequence is the same in every version of Python."""
import argparse
import json
import random

EDGES = [0, -1, 1, -(2**31), 2**31 - 1, 10, -10]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--cases", type=int, required=True)
    parser.add_argument("--nodes", type=int, required=True, help="the most of a tree; chains have exactly so many")
    parser.add_argument("--trees", type=int, default=1, help="the most that an instance encodes")
    parser.add_argument("--shape", choices=["left", "right", "zigzag", "random"])
    options = parser.parse_args()
    rnd = random.Random(options.seed).random

    def below(n):
        return int(rnd() * n)

    def value(kind):
        if kind == 0:
            return below(3) - 1
        if kind == 1:
            return EDGES[below(len(EDGES))]
        return below(2**32) - 2**31

    def chain(nodes, side):
        """One child each; side tells at which depth it is the left one."""
        out = [value(2)]
        for depth in range(1, nodes):
            if side(depth):
                out.append(value(2))
            else:
                out += [None, value(2)]
            if side(depth) and depth + 1 < nodes:
                out.append(None)
        return out

    def bushy(nodes, kind, narrow):
        """Gives places of a growing tree, written level by level, to nodes."""
        left, right, values = [-1], [-1], [value(kind)]
        open_places = [(0, 0), (0, 1)]
        while len(values) < nodes:
            at = len(open_places) - 1 - below(narrow) if narrow else below(len(open_places))
            at = max(at, 0)
            open_places[at], open_places[-1] = open_places[-1], open_places[at]
            parent, side = open_places.pop()
            (right if side else left)[parent] = len(values)
            open_places += [(len(values), 0), (len(values), 1)]
            values.append(value(kind))
            left.append(-1)
            right.append(-1)
        out = []
        queue = [0]
        for node in queue:
            if node < 0:
                out.append(None)
                continue
            out.append(values[node])
            queue += [left[node], right[node]]
        while out[-1] is None:
            out.pop()
        return out

    def tree():
        if options.shape == "left":
            return chain(options.nodes, lambda depth: True)
        if options.shape == "right":
            return chain(options.nodes, lambda depth: False)
        if options.shape == "zigzag":
            return chain(options.nodes, lambda depth: depth % 2 == 0)
        if options.shape == "random":
            return bushy(options.nodes, 2, 0)
        nodes = below(options.nodes + 1)
        return bushy(nodes, below(3), below(4)) if nodes else []

    for _ in range(options.cases):
        case = [["TreeCodec"]]
        texts = []  # positions of encode calls of earlier instances
        fresh = []
        for _ in range(1 + below(options.trees)):
            fresh.append(len(case))
            case.append(["encode", tree()])
        for _ in range(1 + below(options.trees)):
            case.append(["TreeCodec"])
            texts += fresh
            fresh = []
            for _ in range(1 + below(options.trees)):
                case.append(["decode", texts[below(len(texts))]])
            if options.trees > 1 and rnd() < 0.5:
                fresh.append(len(case))
                case.append(["encode", tree()])
        print(json.dumps(case, separators=(",", ":")))


main()
