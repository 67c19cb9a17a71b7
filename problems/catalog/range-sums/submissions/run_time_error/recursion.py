# Adds up recursively, one minute per call, and runs out of stack.
import sys


def main():
    read = sys.stdin.readline
    n, q = map(int, read().split())
    numbers = list(map(int, read().split()))

    def total(left, right):
        if left > right:
            return 0
        return numbers[left] + total(left + 1, right)

    for _ in range(q):
        op, a, b = read().split()
        a, b = int(a), int(b)
        if op == "+":
            numbers[a - 1] += b
        else:
            print(total(a - 1, b - 1))


main()
