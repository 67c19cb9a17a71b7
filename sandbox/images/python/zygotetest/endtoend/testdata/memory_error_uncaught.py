print("start")
def f(): return [None] * (1 << 41)
f()
