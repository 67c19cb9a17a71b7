import heapq
import sys


def main():
    read = sys.stdin.readline
    n, k = map(int, read().split())
    failed = {}
    longest = {}
    for _ in range(n):
        _, _, path, status, duration = read().split()
        if status < "500":
            continue
        path = path.partition("?")[0]
        failed[path] = failed.get(path, 0) + 1
        longest[path] = max(longest.get(path, 0), int(duration))
    best = heapq.nsmallest(k, failed, key=lambda p: (-failed[p], -longest[p], p))
    if best:
        print("\n".join(f"{p} {failed[p]} {longest[p]}" for p in best))
    else:
        print("none")


main()
