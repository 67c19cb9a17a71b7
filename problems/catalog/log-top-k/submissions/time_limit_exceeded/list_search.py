# Looks for every endpoint in a list instead of a dictionary.
import sys


def main():
    read = sys.stdin.readline
    n, k = map(int, read().split())
    paths = []
    stats = []
    for _ in range(n):
        _, _, path, status, duration = read().split()
        if status < "500":
            continue
        path = path.partition("?")[0]
        if path not in paths:
            paths.append(path)
            stats.append([0, 0, path])
        entry = stats[paths.index(path)]
        entry[0] -= 1
        entry[1] = min(entry[1], -int(duration))
    stats.sort()
    print("\n".join(f"{p} {-f} {-d}" for f, d, p in stats[:k]) or "none")


main()
