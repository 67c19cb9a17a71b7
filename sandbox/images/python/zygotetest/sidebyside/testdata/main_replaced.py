import sys, types
class N:
    def __del__(self): print("del")
n = N()
sys.modules["__main__"] = types.ModuleType("__main__")
sys.exit(3)
