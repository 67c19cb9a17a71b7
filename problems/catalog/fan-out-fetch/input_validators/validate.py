"""Accepts fetches of the statement's form."""
import json
import sys

ACCEPT, REJECT = 42, 43
HOUR = 3_600_000


def check(condition, reason):
    if not condition:
        print(reason, file=sys.stderr)
        sys.exit(REJECT)


def whole(value, low, high):
    return type(value) is int and low <= value <= high


def text(value):
    return type(value) is str and len(value) <= 100


def check_fetch(fetch, deadline):
    check(type(fetch) is dict and len(fetch) == 2 and "ms" in fetch, "a fetch has ms and one thing more")
    ms = fetch["ms"]
    check(ms is None or whole(ms, 1, 2 * HOUR), "ms is between 1 and two hours, or null")
    check(ms != deadline, "a fetch ends at the deadline")
    check(text(fetch.get("value", fetch.get("error"))), "value or error is a short text")


def check_case(line):
    try:
        case = json.loads(line)
    except ValueError as error:
        check(False, f"not JSON: {error}")
    check(type(case) is list and len(case) == 3, "a case is [sources, fetches, deadline]")
    sources, fetches, deadline = case
    check(whole(deadline, 1, HOUR), "the deadline is between 1 ms and an hour")
    check(type(sources) is list and len(sources) <= 500, "at most 500 sources")
    check(all(text(s) and s for s in sources), "a source is a short text")
    check(len(set(sources)) == len(sources), "sources are different")
    check(type(fetches) is dict and set(fetches) == set(sources), "there is a fetch for each source")
    for fetch in fetches.values():
        check_fetch(fetch, deadline)


everything = sys.stdin.read()
check(everything.endswith("\n") and not everything.startswith("\n") and "\n\n" not in everything, "one case a line")
for one in everything[:-1].split("\n"):
    check_case(one)
sys.exit(ACCEPT)
