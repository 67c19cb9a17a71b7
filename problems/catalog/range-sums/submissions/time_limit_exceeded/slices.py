# Adds up a slice for every question.
import sys


def main():
    read = sys.stdin.readline
    n, q = map(int, read().split())
    numbers = list(map(int, read().split()))
    out = []
    for _ in range(q):
        op, a, b = read().split()
        if op == "+":
            numbers[int(a) - 1] += int(b)
        else:
            out.append(sum(numbers[int(a) - 1 : int(b)]))
    print("\n".join(map(str, out)))


main()
