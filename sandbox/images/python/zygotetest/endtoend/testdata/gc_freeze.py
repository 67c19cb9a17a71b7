import gc
class D:
    def __del__(self): print("del")
d = D()
gc.freeze()
print("end")
