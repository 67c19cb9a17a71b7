# Wants a table of the sums of all stretches.
import sys


def main():
    read = sys.stdin.readline
    n, q = map(int, read().split())
    numbers = list(map(int, read().split()))
    table = []
    for left in range(n):
        row = []
        total = 0
        for right in range(left, n):
            total += numbers[right]
            row.append(total)
        table.append(row)
    for _ in range(q):
        op, a, b = read().split()
        a, b = int(a), int(b)
        if op == "?":
            print(table[a - 1][b - a])
            continue
        for left in range(a):
            for right in range(a - 1, n):
                table[left][right - left] += b


main()
