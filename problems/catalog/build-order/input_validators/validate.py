"""Accepts (42) cases of the form that the statement promises, one a line."""

import json
import re
import sys

MOST_MODULES = 300_000
MOST_DEPENDENCIES = 200_000
NAME = re.compile(r"[a-z0-9-]{1,24}", re.ASCII)


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


def check(line, case):
    if type(case) is not list or len(case) != 2:
        refuse(line, "not two arguments")
    modules, dependencies = case
    if type(modules) is not list or not 1 <= len(modules) <= MOST_MODULES:
        refuse(line, "modules is not a list of the promised length")
    if not all(type(name) is str and NAME.fullmatch(name) for name in modules):
        refuse(line, "a module's name is not of the promised form")
    known = set(modules)
    if len(known) < len(modules):
        refuse(line, "a module is listed twice")
    if type(dependencies) is not list or len(dependencies) > MOST_DEPENDENCIES:
        refuse(line, "dependencies is not a list of the promised length")
    for pair in dependencies:
        if type(pair) is not list or len(pair) != 2 or not all(type(name) is str and name in known for name in pair):
            refuse(line, "a dependency is not a pair of modules")


def main():
    line = 0
    for line, text in enumerate(sys.stdin.buffer, 1):
        check(line, parse(line, text))
    if line == 0:
        refuse(1, "no case")
    sys.exit(42)


main()
