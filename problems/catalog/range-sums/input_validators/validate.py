"""Accepts (42) meters of the form that the statement promises."""
import re
import sys

INTEGER = re.compile(rb"0|-?[1-9][0-9]{0,9}")
OPERATION = re.compile(rb"([+?]) ([1-9][0-9]{0,5}) (0|-?[1-9][0-9]{0,9})\n")
FIRST = re.compile(rb"([1-9][0-9]{0,5}) ([1-9][0-9]{0,5})\n")
LARGEST = 10**9


def refuse(reason):
    print(reason, file=sys.stderr)
    sys.exit(43)


def main():
    stream = sys.stdin.buffer
    first = FIRST.fullmatch(stream.readline(100))
    if not first:
        refuse("line 1: not n and q")
    n, q = int(first[1]), int(first[2])
    if n > 200_000 or q > 200_000:
        refuse("line 1: n or q is too large")
    line = stream.readline(12 * n + 1)
    if not line.endswith(b"\n"):
        refuse("line 2: too long")
    numbers = line[:-1].split(b" ")
    if len(numbers) != n:
        refuse(f"line 2: {len(numbers)} numbers instead of {n}")
    for number in numbers:
        if not INTEGER.fullmatch(number) or abs(int(number)) > LARGEST:
            refuse(f"line 2: {number!r} is not a number of the range")
    for at in range(3, q + 3):
        operation = OPERATION.fullmatch(stream.readline(100))
        if not operation:
            refuse(f"line {at}: not an operation")
        minute, value = int(operation[2]), int(operation[3])
        if minute > n:
            refuse(f"line {at}: there is no minute {minute}")
        if operation[1] == b"?" and not minute <= value <= n:
            refuse(f"line {at}: not a stretch of minutes")
        if abs(value) > LARGEST:
            refuse(f"line {at}: the value is too large")
    if stream.read(1):
        refuse("there is more after the last operation")
    sys.exit(42)


main()
