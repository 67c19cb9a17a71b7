"""The steps of main.go in Python; what they are for is said there."""

MASK = 0x3FFFFFFF


class Node:
    __slots__ = ("key", "left", "right")

    def __init__(self, key):
        self.key = key
        self.left = None
        self.right = None


def integers(n):
    x, total = 1, 0
    for _ in range(4 * n):
        x = (x * 1103515245 + 12345) & MASK
        if x >> 13 & 1 == 0:
            total += x % 1000
        else:
            total ^= x >> 7
    return total & MASK


def walk(n):
    size = 1
    while size < n:
        size *= 2
    to = [(i * 5 + 12345 & MASK) % size for i in range(size)]
    at, total = 0, 0
    for _ in range(2 * n):
        at = to[(at + (total & 63)) % size]
        total += at & 1023
    return total & MASK


def counts(n):
    seen = {}
    x = 7
    for _ in range(n):
        x = (x * 1103515245 + 12345) & MASK
        key = (x >> 5) % (n // 2 + 1)
        seen[key] = seen.get(key, 0) + 1
    total = len(seen)
    for key in range(n // 2 + 1):
        total += seen.get(key, 0) * (key & 7)
    return total & MASK


def ordered(n):
    x, values = 11, []
    for _ in range(n):
        x = (x * 1103515245 + 12345) & MASK
        values.append(x >> 4)
    values.sort()
    return sum(v % 1000 * (i & 15) for i, v in enumerate(values)) & MASK


def tree(n):
    root = None
    x, total = 13, 0
    for _ in range(n):
        x = (x * 1103515245 + 12345) & MASK
        made = Node(x >> 3)
        if root is None:
            root = made
            continue
        at = root
        while True:
            total += 1
            if made.key < at.key:
                if at.left is None:
                    at.left = made
                    break
                at = at.left
            else:
                if at.right is None:
                    at.right = made
                    break
                at = at.right
    return total & MASK


def text(n):
    x, total = 17, 0
    for _ in range(n):
        x = (x * 1103515245 + 12345) & MASK
        for c in f"{x >> 6}:{x & 255}".encode():
            total = (total * 33 + c) & 0xFFFFFF
    return total


def main():
    n = int(input())
    total = integers(n)
    total = total * 31 + walk(n)
    total = total * 31 + counts(n // 4)
    total = total * 31 + ordered(n // 8)
    total = total * 31 + tree(n // 16)
    total = total * 31 + text(n // 8)
    print(total & MASK)


main()
