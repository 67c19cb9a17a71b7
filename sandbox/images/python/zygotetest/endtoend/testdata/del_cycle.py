class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
d = D("cycle")
d.me = d
def f():
    x = D("local cycle")
    x.me = x
f()
print("end")
