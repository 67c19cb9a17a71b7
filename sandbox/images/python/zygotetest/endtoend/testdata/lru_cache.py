import functools
class D:
    def __del__(self): print("del")
@functools.lru_cache
def f(x): return D()
f(1)
print("end")
