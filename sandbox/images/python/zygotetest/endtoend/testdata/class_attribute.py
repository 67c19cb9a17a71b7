class D:
    def __del__(self): print("del")
class Holder:
    held = D()
def closure():
    d = D()
    return lambda: d
keep = closure()
print("end")
