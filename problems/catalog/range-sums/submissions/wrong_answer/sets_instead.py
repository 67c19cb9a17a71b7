# Takes "+ i v" for "the number of minute i is v".
import sys


def main():
    read = sys.stdin.readline
    n, q = map(int, read().split())
    numbers = list(map(int, read().split()))
    for _ in range(q):
        op, a, b = read().split()
        a, b = int(a), int(b)
        if op == "+":
            numbers[a - 1] = b
        else:
            print(sum(numbers[a - 1 : b]))


main()
