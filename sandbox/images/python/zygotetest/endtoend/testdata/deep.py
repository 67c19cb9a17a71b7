import sys
sys.setrecursionlimit(10**6)
def d(n): return 0 if n == 0 else d(n - 1) + 1
print(d(100000))
import functools
@functools.cache
def f(n): return n if n < 2 else f(n - 1) + 1
print(f(3000))
