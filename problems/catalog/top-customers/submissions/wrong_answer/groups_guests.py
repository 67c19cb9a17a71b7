# Takes all guests together for one customer.
from collections import defaultdict


def top_customers(orders, customers, placed_at, cents, since, until, min_cents, limit):
    numbers, totals = defaultdict(set), defaultdict(int)
    for order, customer, time, amount in zip(orders, customers, placed_at, cents):
        if since <= time < until:
            numbers[customer].add(order)
            totals[customer] += amount
    having = [(-len(numbers[c]), -total, c) for c, total in totals.items() if total >= min_cents]
    return [customer for _, _, customer in sorted(having)[:limit]]
