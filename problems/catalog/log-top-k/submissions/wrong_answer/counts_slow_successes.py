# Takes the longest duration over all requests, failed or not.
import sys


def main():
    read = sys.stdin.readline
    n, k = map(int, read().split())
    failed = {}
    longest = {}
    for _ in range(n):
        _, _, path, status, duration = read().split()
        path = path.partition("?")[0]
        longest[path] = max(longest.get(path, 0), int(duration))
        if status >= "500":
            failed[path] = failed.get(path, 0) + 1
    best = sorted(failed, key=lambda p: (-failed[p], -longest[p], p))[:k]
    print("\n".join(f"{p} {failed[p]} {longest[p]}" for p in best) or "none")


main()
