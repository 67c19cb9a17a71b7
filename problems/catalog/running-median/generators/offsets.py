"""Prints calls that report offsets and ask for their median. Uses nothing of
random but random(), whose sequence is the same in every version of Python."""

import argparse
import json
import random

STEP = 3  # gaps between one value and the next are smaller where they rise or fall


class Maker:
    def __init__(self, options):
        self.random = random.Random(options.seed).random
        self.options = options

    def below(self, n):
        return int(self.random() * n)

    # Each shape yields values without end.

    def uniform(self, spread):
        while True:
            yield self.below(2 * spread + 1) - spread

    def small(self):
        """A case of its own about zero or elsewhere, with many or few different values."""
        spread = 1 + self.below(self.options.spread)
        base = self.below(3) * (self.below(2001) - 1000)
        return (base + value for value in self.uniform(spread))

    def falling(self):
        value = 600_000
        while True:
            yield value
            value -= self.below(STEP)

    def rising(self):
        return (-value for value in self.falling())

    def outwards(self):
        """Below all others and above all others in turn."""
        size = 0
        while True:
            size += self.below(STEP)
            yield size
            yield -size

    def calls(self, values, count, ask):
        yield ["RunningMedian"]
        for _ in range(count):
            yield ["median"] if self.random() < ask else ["add", next(values)]

    def case(self):
        options = self.options
        if options.shape == "small":
            return self.calls(self.small(), 1 + self.below(options.calls), 0.2 + 0.6 * self.random())
        values = self.uniform(options.spread) if options.shape == "random" else getattr(self, options.shape)()
        return self.calls(values, options.calls, options.ask)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--shape", choices=["small", "falling", "rising", "outwards", "random"], required=True)
    parser.add_argument("--cases", type=int, default=1)
    parser.add_argument("--calls", type=int, required=True, help="at most so many, for small; else just so many")
    parser.add_argument("--ask", type=float, default=0.5, help="the share of calls that ask")
    parser.add_argument("--spread", type=int, default=0, help="how far values are from zero, for small and random")
    options = parser.parse_args()

    maker = Maker(options)
    for _ in range(options.cases):
        print(json.dumps(list(maker.case()), separators=(",", ":")))


main()
