"""Accepts (42) arguments of the form that the statement promises."""
import json
import re
import sys

NAME = re.compile(r"[a-z0-9]{0,20}")
LINES = 100_000


class Refused(Exception):
    """Says what is wrong with a case."""


def need(condition, reason):
    if not condition:
        raise Refused(reason)


def integer(value, least, most, what):
    need(type(value) is int and least <= value <= most, f"{what} is no integer from {least} to {most}")


def check_case(case):
    need(isinstance(case, list) and len(case) == 8, "a case is no list of eight arguments")
    orders, customers, placed_at, cents, since, until, min_cents, limit = case
    for column in case[:4]:
        need(isinstance(column, list) and len(column) <= LINES, "a column is no list or too long")
    need(len(orders) == len(customers) == len(placed_at) == len(cents), "the columns differ in length")
    known = {}
    for order, customer, time, amount in zip(orders, customers, placed_at, cents):
        integer(order, 1, 10**9, "an order")
        need(isinstance(customer, str) and NAME.fullmatch(customer), "a customer is not of the form")
        integer(time, 0, 10**12, "a time")
        integer(amount, -(10**9), 10**9, "an amount")
        need(known.setdefault(order, (customer, time)) == (customer, time), "two lines of an order differ in customer or time")
    integer(since, 0, 10**12, "since")
    integer(until, 0, 10**12, "until")
    integer(min_cents, -(10**14), 10**14, "minCents")
    integer(limit, 1, 100_000, "limit")


def main():
    data = sys.stdin.buffer.read()
    number = 0
    try:
        need(data.endswith(b"\n"), "the last line does not end")
        for number, line in enumerate(data.decode().split("\n")[:-1], 1):
            case = json.loads(line)
            need(json.dumps(case, separators=(",", ":"), ensure_ascii=False) == line, "not written compactly")
            check_case(case)
    except (Refused, ValueError, RecursionError) as reason:
        print(f"line {number}: {reason}", file=sys.stderr)
        sys.exit(43)
    sys.exit(42)


main()
