"""Hands the lines to the database of Python's standard library and asks it."""

import sqlite3

QUERY = """
    SELECT   customer
    FROM     order_lines
    WHERE    placed_at >= :since AND placed_at < :until AND customer <> ''
    GROUP BY customer
    HAVING   SUM(cents) >= :min_cents
    ORDER BY COUNT(DISTINCT order_id) DESC, SUM(cents) DESC, customer
    LIMIT    :limit
"""


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
    query = {"since": since, "until": until, "min_cents": min_cents, "limit": limit}
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE order_lines (order_id, customer, placed_at, cents)")
        database.executemany("INSERT INTO order_lines VALUES (?, ?, ?, ?)", zip(orders, customers, placed_at, cents))
        return [customer for (customer,) in database.execute(QUERY, query)]
