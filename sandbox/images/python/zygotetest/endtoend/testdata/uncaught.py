def f(x):
    return 1 / x

def g():
    return [f(n) for n in (2, 1, 0)]

print("start")
g()
