class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
a = D("a")
b = D("b")
c = [D("in list")]
_u = D("underscore")
print("end")
