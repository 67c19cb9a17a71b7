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
    except (ValueError, RecursionError) as error:
        check(False, f"not JSON: {error}")
    # There is one way to write a value, so blanks, -0 and 1e3 are refused here.
    check(json.dumps(case, separators=(",", ":"), ensure_ascii=False) == line, "not written compactly")
    check(type(case) is list and 2 <= len(case) <= 101, "1 to 100 calls after the constructor")
    for call in case:
        check(type(call) is list and call and type(call[0]) is str, "a call is a list that begins with a name")
        check(call[0] in ARGUMENTS, "there is no such call")
        check(len(call) == 1 + ARGUMENTS[call[0]] and all(map(whole, call[1:])), "a call has its numbers")
    check(case[0][0] == "Counter", "the first call constructs")


text = sys.stdin.read()
check(text.endswith("\n") and not text.startswith("\n") and "\n\n" not in text, "one case a line")
for one in text[:-1].split("\n"):
    check_case(one)
sys.exit(ACCEPT)
