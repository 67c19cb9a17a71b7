"""Accepts (42) lists of calls of the form that the statement promises."""
import json
import re
import sys

PHRASE = re.compile(r"[a-z0-9 -]{1,40}")
PREFIX = re.compile(r"[a-z0-9 -]{0,40}")
CALLS = 100_000
PHRASES = 50_000
CHARACTERS = 500_000


class Refused(Exception):
    """Says what is wrong with a case."""


def need(condition, reason):
    if not condition:
        raise Refused(reason)


def integer(value, least, most, what):
    need(type(value) is int and least <= value <= most, f"{what} is no integer from {least} to {most}")


def text(value, form, what):
    need(isinstance(value, str) and form.fullmatch(value), f"{what} is not of the form {form.pattern}")


def check_case(case):
    """Returns the phrases of a case."""
    need(isinstance(case, list) and 1 <= len(case) <= CALLS, f"a case is no list of 1 to {CALLS} calls")
    first, *calls = case
    need(isinstance(first, list) and len(first) == 4 and first[0] == "Autocomplete",
         "a case does not begin with the constructor and its three arguments")
    _, limit, phrases, uses = first
    integer(limit, 1, 10, "limit")
    need(isinstance(phrases, list) and isinstance(uses, list), "phrases or uses is no list")
    need(len(phrases) == len(uses) <= PHRASES, "phrases and uses differ in length or are too long")
    for phrase, count in zip(phrases, uses):
        text(phrase, PHRASE, "a phrase")
        integer(count, 1, 10**9, "a number of uses")
    known = set(phrases)
    for call in calls:
        need(isinstance(call, list) and call and isinstance(call[0], str), "a call is not a list that begins with a name")
        name, *args = call
        if name == "record":
            need(len(args) == 2, "record takes two arguments")
            text(args[0], PHRASE, "a phrase")
            integer(args[1], 1, 10**9, "a number of uses")
            known.add(args[0])
        elif name == "suggest":
            need(len(args) == 1, "suggest takes one argument")
            text(args[0], PREFIX, "a prefix")
        else:
            raise Refused(f"there is no call {name:.20}")
    return known


def main():
    data = sys.stdin.buffer.read()
    number = 0
    try:
        need(data.endswith(b"\n"), "the last line does not end")
        known = set()
        for number, line in enumerate(data.decode().split("\n")[:-1], 1):
            case = json.loads(line)
            need(json.dumps(case, separators=(",", ":"), ensure_ascii=False) == line, "not written compactly")
            known |= check_case(case)
            need(sum(map(len, known)) <= CHARACTERS, "the phrases have too many characters in all")
    except (Refused, ValueError, RecursionError) as reason:
        print(f"line {number}: {reason}", file=sys.stderr)
        sys.exit(43)
    sys.exit(42)


main()
