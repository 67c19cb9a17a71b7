def inner(x):
    return 1 / x
def outer(x):
    return inner(x - 1)
print("start")
outer(1)
