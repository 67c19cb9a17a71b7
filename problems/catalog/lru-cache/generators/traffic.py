"""Prints cases for a cache. Uses nothing of random but random(), whose sequence is the same in every version of Python."""

import argparse
import json
import random

SPACE = 2_000_000_001  # keys from -10^9 to 10^9


def show(calls):
    print(json.dumps(calls, separators=(",", ":")))


def small(options, rnd):
    """Few keys, so that every kind of meeting happens; values that are often 0."""
    for _ in range(options.cases):
        capacity = 1 + int(rnd() * options.capacity)
        keys = [int(rnd() * 2 * options.keys) - options.keys for _ in range(capacity + 1 + int(rnd() * options.keys))]
        puts = 0.2 + 0.6 * rnd()
        calls = [["LRUCache", capacity]]
        for _ in range(1 + int(rnd() * options.calls)):
            key = keys[int(rnd() * len(keys))]
            if rnd() < puts:
                calls.append(["put", key, 0 if rnd() < 0.15 else int(rnd() * 100)])
            else:
                calls.append(["get", key])
        show(calls)


def keys_apart(count):
    """Gives keys that are spread over the whole range and all different."""
    return [(i * 1_234_567_891) % SPACE - 1_000_000_000 for i in range(count)]


def scan(options, rnd):
    """Key after key that was never seen: once it is full, every put forgets one. A look now and then at the brink."""
    keys = keys_apart(options.calls)
    calls = [["LRUCache", options.capacity]]
    stored = 0
    while len(calls) <= options.calls:
        if stored > options.capacity and rnd() < 0.1:
            # Just forgotten, or just not.
            calls.append(["get", keys[stored - options.capacity - 3 + int(rnd() * 6)]])
        else:
            calls.append(["put", keys[stored], stored])
            stored += 1
    show(calls)


def ends(options, rnd):
    """Reads by turns the entry that has waited longest and the last but one: one of them is at the far end of any list."""
    keys = keys_apart(options.capacity)
    calls = [["LRUCache", options.capacity]] + [["put", key, i] for i, key in enumerate(keys)]
    *others, favourite = keys
    at = 0
    while len(calls) < options.calls:
        calls += [["get", others[at % len(others)]], ["get", favourite]]
        at += 1
    show(calls)


def uniform(options, rnd):
    """Reads and writes at random over half as many keys again as fit."""
    keys = keys_apart(options.capacity * 3 // 2)
    calls = [["LRUCache", options.capacity]]
    for i in range(options.calls):
        key = keys[int(rnd() * len(keys))]
        calls.append(["put", key, i] if i < len(keys) or rnd() < 0.4 else ["get", key])
    show(calls)


def rewrites(options, rnd):
    """Fills the cache, stores again what has waited longest, then mixes rewrites with new keys."""
    keys = keys_apart(options.calls)
    calls = [["LRUCache", options.capacity]] + [["put", key, 7] for key in keys[: options.capacity]]
    order = list(range(options.capacity))
    fresh = options.capacity
    head = 0
    while len(calls) <= options.calls:
        if rnd() < 0.3:
            head += 1
            order.append(fresh)
            fresh += 1
        else:
            order.append(order[head])
            head += 1
        calls.append(["put", keys[order[-1]], len(calls)])
        if len(calls) <= options.calls and rnd() < 0.2:
            order.append(order.pop(-1 - int(rnd() * 50)))
            calls.append(["get", keys[order[-1]]])
    show(calls)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    shapes = parser.add_subparsers(dest="shape", required=True)
    for shape in (small, scan, ends, uniform, rewrites):
        sub = shapes.add_parser(shape.__name__, help=shape.__doc__)
        sub.set_defaults(shape=shape)
        sub.add_argument("--capacity", type=int, required=True)
        sub.add_argument("--calls", type=int, required=True)
        if shape is small:
            sub.add_argument("--cases", type=int, required=True)
            sub.add_argument("--keys", type=int, required=True)
    options = parser.parse_args()
    options.shape(options, random.Random(options.seed).random)


main()
