import gc
class N:
    def __del__(self): print("del")
n = N()
gc.freeze()
print("end")
