"""Accepts (42) lists of calls of the form that the statement promises."""

import json
import re
import sys

CONSTRUCTOR = {"LinkShortener": ["firstId", "lifetimeMs"]}
METHODS = {
    "shorten": ["url", "nowMs"],
    "claim": ["code", "url", "nowMs"],
    "resolve": ["code", "nowMs"],
    "clicks": ["code", "nowMs"],
    "remove": ["code", "nowMs"],
}
FIRST_IDS = (0, 10**15)
LIFETIMES = (1, 10**12)
MOMENTS = (0, 10**12)
FORMS = {"url": re.compile(r'[!-~]{1,200}'), "code": re.compile(r"[0-9a-zA-Z-]{1,20}")}
CASES, CALLS = 10_000, 200_000


def refuse(reason):
    print(reason, file=sys.stderr)
    sys.exit(43)


def parse(line, at):
    """Returns what the line says, provided that it says so in the shortest way."""
    try:
        text = line.decode()
        case = json.loads(text)
    except (ValueError, RecursionError) as err:
        refuse(f"case {at}: {err}")
    # There is one way to write a value, so 1.0, -0, 1e3 and blanks are refused here.
    if json.dumps(case, separators=(",", ":"), ensure_ascii=False) + "\n" != text:
        refuse(f"case {at}: not written compactly, or not ended by a newline")
    return case


def check_range(value, limits, where):
    if type(value) is not int or not limits[0] <= value <= limits[1]:
        refuse(f"{where}: {value!r} is not an integer from {limits[0]} to {limits[1]}")


def check_call(call, names, where):
    """Checks the shape of ["name", arguments...]; names says what there is to call."""
    if type(call) is not list or not call or type(call[0]) is not str:
        refuse(f"{where}: not a call")
    if call[0] not in names:
        refuse(f"{where}: {call[0]!r} cannot be called here")
    if len(call) != 1 + len(names[call[0]]):
        refuse(f"{where}: {call[0]} takes {len(names[call[0]])} arguments")


def main():
    cases = calls = 0
    for line in sys.stdin.buffer:
        cases += 1
        case = parse(line, cases)
        if type(case) is not list or not case:
            refuse(f"case {cases}: not a list of calls")
        where = f"case {cases}, call 1"
        check_call(case[0], CONSTRUCTOR, where)
        check_range(case[0][1], FIRST_IDS, where)
        check_range(case[0][2], LIFETIMES, where)
        earliest, latest = MOMENTS
        for i, call in enumerate(case[1:], start=2):
            where = f"case {cases}, call {i}"
            check_call(call, METHODS, where)
            *texts, now = call[1:]
            for name, text in zip(METHODS[call[0]], texts):
                if type(text) is not str or not FORMS[name].fullmatch(text) or set(text) & set('"\\'):
                    refuse(f"{where}: {text!r} is not a {name}")
            check_range(now, (earliest, latest), where)
            earliest = now
        calls += len(case) - 1
    if not 1 <= cases <= CASES:
        refuse(f"there are {cases} cases")
    if calls > CALLS:
        refuse(f"there are {calls} calls")
    sys.exit(42)


main()
