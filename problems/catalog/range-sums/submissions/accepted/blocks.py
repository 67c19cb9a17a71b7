# Square root decomposition: sums of blocks beside the numbers themselves.
import sys

BLOCK = 512


def main():
    read = sys.stdin.buffer.readline
    n, q = map(int, read().split())
    numbers = list(map(int, read().split()))
    blocks = [sum(numbers[i : i + BLOCK]) for i in range(0, n, BLOCK)]
    out = []
    for _ in range(q):
        op, a, b = read().split()
        a, b = int(a), int(b)
        if op == b"+":
            numbers[a - 1] += b
            blocks[(a - 1) // BLOCK] += b
            continue
        first, last = -(-(a - 1) // BLOCK), b // BLOCK
        if first >= last:
            out.append(sum(numbers[a - 1 : b]))
        else:
            out.append(sum(numbers[a - 1 : first * BLOCK]) + sum(blocks[first:last]) + sum(numbers[last * BLOCK : b]))
    sys.stdout.write("".join(f"{total}\n" for total in out))


main()
