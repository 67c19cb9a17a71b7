"""Prints modules and who uses whom. Uses nothing of random but random(),
whose sequence is the same in every version of Python."""

import argparse
import json
import random

WORDS = "api auth billing cache cli core db docs events geo http jobs log mail metrics queue search store users web".split()


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, n):
        return int(self.random() * n)

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]

    def pair(self, n):
        """A number below n and a smaller one."""
        a = 1 + self.below(n - 1)
        return [a, self.below(a)]

    # Each shape returns how many modules there are, pairs of their numbers, and whether the modules are to be listed in
    # the order of their numbers, the last first.

    def small(self, modules, dependencies):
        n = 1 + self.below(modules)
        count = self.below(min(dependencies, 2 * n) + 1)
        if n > 1 and self.random() < 0.7:
            # No circle, unless the one pair that is thrown in makes it.
            pairs = [self.pair(n) for _ in range(count)]
            if self.random() < 0.3:
                pairs.append([self.below(n), self.below(n)])
        else:
            pairs = [[self.below(n), self.below(n)] for _ in range(count)]
        return n, pairs, False

    def chain(self, modules, dependencies):
        """Only one order is possible."""
        links = [[i + 1, i] for i in range(modules - 1)]
        return modules, links + [links[self.below(modules - 1)] for _ in range(dependencies - len(links))], False

    def backwards(self, modules, dependencies):
        """A chain and more, where what can be built first is listed last."""
        links = [[i + 1, i] for i in range(modules - 1)]
        return modules, links + [self.pair(modules) for _ in range(dependencies - len(links))], True

    def wide(self, modules, dependencies):
        """One module is used by all, and one uses all."""
        pairs = [[i, 0] for i in range(1, modules)]
        pairs += [[modules - 1, 1 + self.below(modules - 2)] for _ in range(dependencies - len(pairs))]
        return modules, pairs, False

    def sparse(self, modules, dependencies):
        return modules, [self.pair(modules) for _ in range(dependencies)], False

    def cycle(self, modules, dependencies):
        """One circle through a tenth of the modules, in the middle of a chain."""
        pairs = [[i + 1, i] for i in range(modules - 1)]
        pairs += [self.pair(modules // 2) for _ in range(dependencies - len(pairs) - 1)]
        pairs.append([modules // 2, modules // 2 + modules // 10])
        return modules, pairs, False

    def names(self, n):
        """Names of which some are prefixes of others."""
        seen = {}
        while len(seen) < n:
            name = WORDS[self.below(len(WORDS))]
            if self.random() * len(WORDS) < len(seen):
                name += f"-{self.below(4 * n)}"
            seen[name] = True
        return list(seen)

    def case(self, modules, pairs, listed):
        names = self.names(modules)
        self.shuffle(names)
        self.shuffle(pairs)
        dependencies = [[names[a], names[b]] for a, b in pairs]
        if listed:
            names.reverse()
        else:
            self.shuffle(names)
        return [names, dependencies]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--shape", choices=["small", "chain", "backwards", "wide", "sparse", "cycle"], required=True)
    parser.add_argument("--cases", type=int, default=1)
    parser.add_argument("--modules", type=int, required=True, help="at most so many, for small; else just so many")
    parser.add_argument("--dependencies", type=int, required=True, help="like --modules")
    options = parser.parse_args()

    maker = Maker(options.seed)
    shape = getattr(maker, options.shape)
    for _ in range(options.cases):
        print(json.dumps(maker.case(*shape(options.modules, options.dependencies)), separators=(",", ":")))


main()
