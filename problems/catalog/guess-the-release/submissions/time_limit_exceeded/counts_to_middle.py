# Finds the middle by counting up to it.
import sys


def main():
    for _ in range(int(sys.stdin.readline())):
        low, high = 1, int(sys.stdin.readline())
        while low < high:
            middle = low
            while middle + 1 <= high - (middle + 1) + low:
                middle += 1
            print("?", middle, flush=True)
            if sys.stdin.readline().strip() == "broken":
                high = middle
            else:
                low = middle + 1
        print("!", low, flush=True)


main()
