"""Accepts cases of the statement's form."""
import json
import sys

ACCEPT, REJECT = 42, 43


def check(condition, reason):
    if not condition:
        print(reason, file=sys.stderr)
        sys.exit(REJECT)


def whole(value):
    return type(value) is int and abs(value) <= 10**9


def check_case(line):
    try:
        case = json.loads(line)
    except (ValueError, RecursionError) as error:
        check(False, f"not JSON: {error}")
    # There is one way to write a value, so blanks, -0 and 1e3 are refused here.
    check(json.dumps(case, separators=(",", ":"), ensure_ascii=False) == line, "not written compactly")
    check(type(case) is list and len(case) == 2, "a case is [numbers, limit]")
    numbers, limit = case
    check(type(numbers) is list and len(numbers) <= 100 and all(map(whole, numbers)), "at most 100 numbers")
    check(whole(limit), "the limit is a number")


text = sys.stdin.read()
check(text.endswith("\n") and not text.startswith("\n") and "\n\n" not in text, "one case a line")
for one in text[:-1].split("\n"):
    check_case(one)
sys.exit(ACCEPT)
