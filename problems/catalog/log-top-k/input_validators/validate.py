"""Accepts (42) access logs of the form that the statement promises."""
import re
import sys

NUMBER = r"(0|[1-9][0-9]{0,12})"
LINE = re.compile(
    NUMBER.encode() + rb" (GET|POST|PUT|PATCH|DELETE) (/[A-Za-z0-9/_.?=&-]{0,63}) ([1-5][0-9][0-9]) " + NUMBER.encode() + rb"\n"
)
FIRST = re.compile(rb"([1-9][0-9]{0,5}) ([1-9][0-9]{0,3})\n")


def refuse(reason):
    print(reason, file=sys.stderr)
    sys.exit(43)


def main():
    stream = sys.stdin.buffer
    first = FIRST.fullmatch(stream.readline(100))
    if not first:
        refuse("line 1: not n and k")
    n, k = int(first[1]), int(first[2])
    if n > 200_000 or k > 1_000:
        refuse("line 1: n or k is too large")
    last = 0
    for number in range(2, n + 2):
        line = LINE.fullmatch(stream.readline(200))
        if not line:
            refuse(f"line {number}: not a request")
        time, duration = int(line[1]), int(line[5])
        if not last <= time <= 10**12:
            refuse(f"line {number}: the time goes back or is too large")
        if duration > 10**6:
            refuse(f"line {number}: the duration is too long")
        last = time
    if stream.read(1):
        refuse("there is more after the last line")
    sys.exit(42)


main()
