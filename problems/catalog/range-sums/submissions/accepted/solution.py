import sys


def main():
    words = sys.stdin.buffer.read().split()
    n, q = int(words[0]), int(words[1])
    tree = [0]
    tree += map(int, words[2 : n + 2])
    for i in range(1, n + 1):
        parent = i + (i & -i)
        if parent <= n:
            tree[parent] += tree[i]

    out = []
    at = n + 2
    for _ in range(q):
        op, i, v = words[at], int(words[at + 1]), int(words[at + 2])
        at += 3
        if op == b"+":
            while i <= n:
                tree[i] += v
                i += i & -i
        else:
            total = 0
            i -= 1
            # Both prefixes meet where their binary numbers agree.
            while v > i:
                total += tree[v]
                v &= v - 1
            while i > v:
                total -= tree[i]
                i &= i - 1
            out.append(total)
    print("\n".join(map(str, out)))


main()
