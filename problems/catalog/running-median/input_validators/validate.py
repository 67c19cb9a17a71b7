"""Accepts (42) cases of the form that the statement promises, one a line."""

import json
import sys

CASES, CALLS = 10_000, 600_000


def refuse(line, reason):
    print(f"line {line}: {reason}", file=sys.stderr)
    sys.exit(43)


def parse(line, text):
    """Returns the value of a line that is written as compactly as it can be."""
    if not text.endswith(b"\n"):
        refuse(line, "does not end")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        refuse(line, "not JSON")
    if json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode(errors="replace") != text[:-1]:
        refuse(line, "not in the usual form of JSON")
    return value


def is_call(call):
    """Tells whether it is a call of a method."""
    if call == ["median"]:
        return True
    if type(call) is not list or len(call) != 2 or call[0] != "add":
        return False
    return type(call[1]) is int and -(2**31) <= call[1] < 2**31


def main():
    line = calls = 0
    for line, text in enumerate(sys.stdin.buffer, 1):
        case = parse(line, text)
        if type(case) is not list or not case or case[0] != ["RunningMedian"]:
            refuse(line, "does not begin with the constructor")
        for i, call in enumerate(case[1:], 2):
            if not is_call(call):
                refuse(line, f"call {i} is not one of the promised form")
        calls += len(case) - 1
    if not 1 <= line <= CASES:
        refuse(line, "too many cases, or none")
    if calls > CALLS:
        refuse(line, "too many calls")
    sys.exit(42)


main()
