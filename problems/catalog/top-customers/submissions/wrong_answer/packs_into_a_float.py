"""Packs orders and cents into one floating-point number, which has room for 16 digits."""

from collections import defaultdict


def top_customers(orders, customers, placed_at, cents, since, until, min_cents, limit):
    numbers, totals = defaultdict(set), defaultdict(int)
    for order, customer, time, amount in zip(orders, customers, placed_at, cents):
        if customer and since <= time < until:
            numbers[customer].add(order)
            totals[customer] += amount
    having = [(-(len(numbers[c]) * 1e15 + total), c) for c, total in totals.items() if total >= min_cents]
    return [c for _, c in sorted(having)[:limit]]
