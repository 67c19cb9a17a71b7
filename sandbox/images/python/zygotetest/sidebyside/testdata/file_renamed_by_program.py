import sys
__file__ = "other.py"
print(__file__)
class N:
    def __del__(self): print(sorted(k for k in globals() if k.startswith("__")))
n = N()
