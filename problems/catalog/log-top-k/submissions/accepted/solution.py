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
        duration = int(duration)
        failed[path] = failed.get(path, 0) + 1
        if duration > longest.get(path, -1):
            longest[path] = duration
    best = heapq.nsmallest(k, failed, key=lambda p: (-failed[p], -longest[p], p))
    if best:
        print("\n".join(f"{p} {failed[p]} {longest[p]}" for p in best))
    else:
        print("none")


main()
