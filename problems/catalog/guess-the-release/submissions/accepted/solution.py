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


main()
