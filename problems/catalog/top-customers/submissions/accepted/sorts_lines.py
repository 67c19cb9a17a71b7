"""Sorts the lines instead of hashing them, so that each group is a run."""

from itertools import groupby


def top_customers(orders, customers, placed_at, cents, since, until, min_cents, limit):
    lines = sorted(
        (customer, order, amount)
        for order, customer, time, amount in zip(orders, customers, placed_at, cents)
        if customer and since <= time < until
    )
    ranking = []
    for customer, run in groupby(lines, key=lambda line: line[0]):
        count = total = 0
        for _, order in groupby(run, key=lambda line: line[1]):
            count += 1
            total += sum(amount for _, _, amount in order)
        if total >= min_cents:
            ranking.append((-count, -total, customer))
    ranking.sort()
    return [customer for _, _, customer in ranking[:limit]]
