"""Finds the customers with the most orders."""

from collections import defaultdict


def top_customers(
    orders: list[int],
    customers: list[str],
    placed_at: list[int],
    cents: list[int],
    since: int,
    until: int,
    min_cents: int,
    limit: int,
) -> list[str]:
    totals: defaultdict[str, int] = defaultdict(int)
    distinct: defaultdict[str, set[int]] = defaultdict(set)
    for order, customer, time, amount in zip(orders, customers, placed_at, cents):
        if customer and since <= time < until:
            totals[customer] += amount
            distinct[customer].add(order)

    having = [customer for customer, total in totals.items() if total >= min_cents]
    having.sort(key=lambda customer: (-len(distinct[customer]), -totals[customer], customer))
    return having[:limit]
