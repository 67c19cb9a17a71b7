"""Prints every shape of a binary tree with few nodes, each as a case. The
values are drawn from three, so that most trees hold duplicates."""
import argparse
import json
import random


def shapes(nodes):
    """Yields every tree of so many nodes, as (left, right) or None."""
    if nodes == 0:
        yield None
        return
    for left in range(nodes):
        for a in shapes(left):
            for b in shapes(nodes - 1 - left):
                yield a, b


def level_order(tree, value):
    out = []
    queue = [tree]
    for node in queue:
        if node is None:
            out.append(None)
            continue
        out.append(value())
        queue.extend(node)
    while out and out[-1] is None:
        out.pop()
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--nodes", type=int, required=True, help="of the largest trees")
    options = parser.parse_args()
    rnd = random.Random(options.seed).random

    def value():
        return int(rnd() * 3) - 1

    for nodes in range(options.nodes + 1):
        for shape in shapes(nodes):
            case = [["TreeCodec"], ["encode", level_order(shape, value)], ["TreeCodec"], ["decode", 1]]
            print(json.dumps(case, separators=(",", ":")))


main()
