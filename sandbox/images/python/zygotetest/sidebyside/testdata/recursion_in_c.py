import sys, functools
sys.setrecursionlimit(10 ** 6)
@functools.lru_cache(None)
def f(n):
    return 0 if n == 0 else 1 + f(n - 1)
print(f(2000))
l = []
for _ in range(100_000):
    l = [l]
try:
    repr(l)
except RecursionError as e:
    print(e)
