class Noisy:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)
a = Noisy("a")
b = [Noisy("in a list")]
c = Noisy("cycle"); c.self = c
def f(x=Noisy("default")): pass
class Holder: held = Noisy("attribute of a class")
print("end")
