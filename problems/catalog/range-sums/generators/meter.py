"""Prints a meter and operations on it. Uses nothing of random but random(),
whose sequence is the same in every version of Python."""
import argparse
import random


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--minutes", type=int, required=True)
    parser.add_argument("--operations", type=int, required=True)
    parser.add_argument("--wide", action="store_true", help="sums over nearly all minutes, corrections of early ones")
    parser.add_argument("--extreme", action="store_true", help="values at the ends of their range")
    options = parser.parse_args()

    rnd = random.Random(options.seed).random
    n = options.minutes

    def value():
        if options.extreme:
            return 10**9 if rnd() < 0.9 else -(10**9)
        return int(rnd() * 2_000_000_001) - 1_000_000_000

    def minute(share):
        return 1 + int(rnd() * max(1, int(n * share)))

    out = [f"{n} {options.operations}", " ".join(str(value()) for _ in range(n))]
    for _ in range(options.operations):
        if rnd() < 0.5:
            out.append(f"+ {minute(0.1 if options.wide else 1)} {value()}")
            continue
        left, right = minute(0.1 if options.wide else 1), minute(1)
        if options.wide:
            right = n - minute(0.1) + 1
        if left > right:
            left, right = right, left
        out.append(f"? {left} {right}")
    print("\n".join(out))


main()
