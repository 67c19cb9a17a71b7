"""Accepts (42) lists of services of the form that the statement promises."""
import re
import sys

NUMBER = re.compile(rb"([1-9][0-9]{0,9})\n")


def refuse(reason):
    print(reason, file=sys.stderr)
    sys.exit(43)


def number(stream, at, largest):
    match = NUMBER.fullmatch(stream.readline(100))
    if not match or int(match[1]) > largest:
        refuse(f"line {at}: not a number between 1 and {largest}")
    return int(match[1])


def main():
    stream = sys.stdin.buffer
    services = number(stream, 1, 50)
    for at in range(2, services + 2):
        number(stream, at, 2_000_000_000)
    if stream.read(1):
        refuse("there is more after the last service")
    sys.exit(42)


main()
