"""Prints random fetches around a deadline."""
import argparse
import json
import random


def fetch(rng, deadline):
    kind = rng.random()
    if kind < 0.1:
        return {"ms": None, "value": ""}
    ms = rng.randint(1, 2 * deadline)
    if kind < 0.3:
        ms = deadline + rng.choice([-1, 1])
    if ms == deadline or ms == 0:
        ms = deadline + 1
    if rng.random() < 0.25:
        return {"ms": ms, "error": rng.choice(["503", "timed out", "reset"])}
    return {"ms": ms, "value": str(rng.randint(0, 10**6))}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--seed", type=int, required=True)
    p.add_argument("--cases", type=int, required=True)
    p.add_argument("--sources", type=int, required=True, help="at most, or exactly")
    p.add_argument("--exactly", action="store_true")
    args = p.parse_args()
    rng = random.Random(args.seed)
    for _ in range(args.cases):
        count = args.sources if args.exactly else rng.randint(0, args.sources)
        deadline = rng.choice([2, 10, 250, 60_000])
        names = [f"s{i}" for i in range(count)]
        rng.shuffle(names)
        fetches = {name: fetch(rng, deadline) for name in names}
        if rng.random() < 0.3:  # all in time
            fetches = {n: {**f, "ms": rng.randint(1, deadline - 1)} for n, f in fetches.items()}
        print(json.dumps([names, fetches, deadline], separators=(",", ":")))


main()
