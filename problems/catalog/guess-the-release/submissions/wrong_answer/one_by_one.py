# Probes one release after another, which takes too many probes.
def main():
    for _ in range(int(input())):
        releases = int(input())
        release = 1
        while release < releases:
            print("?", release, flush=True)
            if input() == "broken":
                break
            release += 1
        print("!", release, flush=True)


try:
    main()
except EOFError:
    pass  # the cluster has had enough
