import types
class D:
    pass
items = [D() for _ in range(2)]
D.__del__ = lambda self: print("added")
m = types.ModuleType("m")
class InModule:
    def __del__(self): print("module's")
m.x = InModule()
import sys
sys.modules["m"] = m
del m
print("end")
