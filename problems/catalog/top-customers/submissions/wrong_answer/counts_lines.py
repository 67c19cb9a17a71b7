# Counts lines instead of orders.
from collections import defaultdict


def top_customers(orders, customers, placed_at, cents, since, until, min_cents, limit):
    groups = defaultdict(lambda: [0, 0])
    for customer, time, amount in zip(customers, placed_at, cents):
        if customer and since <= time < until:
            groups[customer][0] += 1
            groups[customer][1] += amount
    having = [(-n, -total, customer) for customer, (n, total) in groups.items() if total >= min_cents]
    return [customer for _, _, customer in sorted(having)[:limit]]
