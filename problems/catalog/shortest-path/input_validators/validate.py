"""Accepts (42) cases of the form that the statement promises, one a line."""

import json
import sys

LARGEST = 400_000


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


def is_int(value, low, high):
    return type(value) is int and low <= value <= high


def check(line, case):
    if type(case) is not list or len(case) != 4:
        refuse(line, "not four arguments")
    nodes, links, source, target = case
    if not is_int(nodes, 1, LARGEST):
        refuse(line, "nodes is not a number of the range")
    if not is_int(source, 0, nodes - 1) or not is_int(target, 0, nodes - 1):
        refuse(line, "source or target is no node")
    if type(links) is not list or len(links) > LARGEST:
        refuse(line, "links is not a list of the promised length")
    for link in links:
        if type(link) is not list or len(link) != 2 or not all(is_int(end, 0, nodes - 1) for end in link):
            refuse(line, "a link is not a pair of nodes")


def main():
    line = 0
    for line, text in enumerate(sys.stdin.buffer, 1):
        check(line, parse(line, text))
    if line == 0:
        refuse(1, "no case")
    sys.exit(42)


main()
