def depth(n):
    return depth(n + 1)
try:
    depth(0)
except RecursionError as e:
    print(e)
def even(n): return odd(n - 1) + 1
def odd(n): return even(n - 1) + 1
even(10)
