"""Prints three exports of the largest size and with the largest amounts, in
which orders and totals are as far apart as they can be. Takes no seed: nothing
in it is random."""
import json

LINES = 100_000
MOST = 10**9  # cents of a line


def show(lines, min_cents):
    columns = list(map(list, zip(*lines)))
    print(json.dumps(columns + [0, 10**12, min_cents, 2], separators=(",", ":")))


def main():
    # One order of nearly all lines, and two orders of a cent.
    show([(1, "one", 5, MOST)] * (LINES - 2) + [(2, "two", 6, 1), (3, "two", 7, 1)], 0)
    # As many orders as there are lines, but for the last.
    show([(MOST - i, "many", i, MOST) for i in range(LINES - 1)] + [(1, "one", 0, -MOST)], -MOST)
    # Just the minimum.
    show([(1 + i % 7, "all", i % 7, MOST) for i in range(LINES)], LINES * MOST)


main()
