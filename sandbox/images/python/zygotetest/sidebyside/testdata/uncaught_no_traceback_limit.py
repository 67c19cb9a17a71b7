import sys
sys.tracebacklimit = 1
def f(n):
    return f(n - 1) if n else 1 / 0
f(3)
