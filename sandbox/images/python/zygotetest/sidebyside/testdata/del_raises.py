import sys
sys.unraisablehook = lambda u: sys.stderr.write(f"{u.exc_value!r} {u.err_msg} {u.object.__qualname__}\n")
class N:
    def __del__(self): raise ValueError("in del")
n = N()
del n
n = N()
