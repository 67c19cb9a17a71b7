class D:
    __slots__ = ()
    def __del__(self): print("del")
d = D()
class E(int):
    __slots__ = ()
    def __del__(self): print("del int", int(self))
table = {1: (E(5),)}
print("end")
