"""Accepts cases of the statement's form."""
import json
import sys

ACCEPT, REJECT = 42, 43
ARGUMENTS = {"Counter": 1, "add": 1, "value": 0}


def check(condition, reason):
    if not condition:
        print(reason, file=sys.stderr)
        sys.exit(REJECT)


def whole(value):
    return type(value) is int and abs(value) <= 10**9


def check_case(line):
    try:
        case = json.loads(line)
    except ValueError as error:
        check(False, f"not JSON: {error}")
    check(type(case) is list and 2 <= len(case) <= 101, "1 to 100 calls after the constructor")
    check(case[0][:1] == ["Counter"], "the first call constructs")
    for call in case:
        check(type(call) is list and call and call[0] in ARGUMENTS, "there is no such call")
        check(len(call) == 1 + ARGUMENTS[call[0]] and all(map(whole, call[1:])), "a call has its numbers")


text = sys.stdin.read()
check(text.endswith("\n") and not text.startswith("\n") and "\n\n" not in text, "one case a line")
for one in text[:-1].split("\n"):
    check_case(one)
sys.exit(ACCEPT)
