# Takes the maximum of nothing when no request failed.
import sys


def main():
    lines = sys.stdin.read().split("\n")
    n, k = map(int, lines[0].split())
    failed = {}
    longest = {}
    for line in lines[1 : n + 1]:
        _, _, path, status, duration = line.split()
        if status >= "500":
            path = path.partition("?")[0]
            failed[path] = failed.get(path, 0) + 1
            longest[path] = max(longest.get(path, 0), int(duration))
    most = max(failed.values())
    assert most > 0
    for p in sorted(failed, key=lambda p: (-failed[p], -longest[p], p))[:k]:
        print(p, failed[p], longest[p])


main()
