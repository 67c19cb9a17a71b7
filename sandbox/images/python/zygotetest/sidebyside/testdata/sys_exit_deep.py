import sys
def f(n):
    if n == 0: sys.exit(11)
    f(n - 1)
f(500)
