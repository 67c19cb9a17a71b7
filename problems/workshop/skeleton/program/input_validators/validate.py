"""Accepts inputs of the statement's form."""
import re
import sys

ACCEPT, REJECT = 42, 43


def check(condition, reason):
    if not condition:
        print(reason, file=sys.stderr)
        sys.exit(REJECT)


lines = sys.stdin.read().split("\n")
check(len(lines) == 3 and lines[2] == "", "two lines")
check(re.fullmatch(r"[1-9][0-9]{0,2}", lines[0]) and int(lines[0]) <= 100, "n is from 1 to 100")
numbers = lines[1].split(" ")
check(len(numbers) == int(lines[0]), "there are n numbers")
for number in numbers:
    check(re.fullmatch(r"0|-?[1-9][0-9]{0,9}", number) and abs(int(number)) <= 10**9, "a number is out of range")
sys.exit(ACCEPT)
