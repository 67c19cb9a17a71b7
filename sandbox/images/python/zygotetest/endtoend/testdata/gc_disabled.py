import gc
gc.disable()
class D:
    def __del__(self): print("del")
for _ in range(3):
    d = D()
    d.d = d
del d
print("end")
