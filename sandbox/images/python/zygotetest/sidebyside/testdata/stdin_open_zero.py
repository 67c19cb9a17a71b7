import sys
data = list(map(int, open(0).read().split()))
print(sum(data))
print(sys.stdin.closed)
