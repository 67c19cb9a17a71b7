"""Prints exports of order lines. Uses nothing of random but random(), whose
sequence is the same in every version of Python."""
import argparse
import json
import random


def main():
    parser = argparse.ArgumentParser()
    for name in ("seed", "cases", "lines", "customers", "cents"):
        parser.add_argument("--" + name, type=int, required=True)
    parser.add_argument("--large", action="store_true", help="exactly so many lines, a wide window, no minimum and all customers wanted")
    options = parser.parse_args()
    rnd = random.Random(options.seed).random

    def below(n):
        return int(rnd() * n)

    for _ in range(options.cases):
        count = options.lines if options.large else below(options.lines + 1)
        names = [f"c{below(10**6):06}x{n}" if options.large else "cab12"[n] for n in range(options.customers)]
        span = 10**9 if options.large else 12
        numbers = count * 10 if options.large else 1 + below(2 * count + 1)
        known = {}  # customer and time of an order
        lines = []
        for _ in range(count):
            order = 1 + below(numbers)
            if order not in known:
                known[order] = names[below(len(names))] if rnd() < 0.9 else "", below(span)
            amount = below(options.cents) + 1
            if rnd() < 0.2:
                amount = -amount
            lines.append((order, *known[order], amount))
        columns = list(map(list, zip(*lines))) or [[], [], [], []]
        if options.large:
            query = [span // 100, span, -(10**14), 100_000]
        else:
            since = below(span)
            query = [since, since + below(span), below(2 * options.cents) - options.cents // 2, 1 + below(options.customers + 1)]
        print(json.dumps(columns + query, separators=(",", ":")))


main()
