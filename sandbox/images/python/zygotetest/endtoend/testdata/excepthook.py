import sys
def hook(t, v, tb): print("hook", t.__name__, v, tb.tb_lineno)
sys.excepthook = hook
class D:
    def __del__(self): raise ValueError("del")
sys.unraisablehook = lambda u: print("unraisable", u.exc_value, u.err_msg)
D()
raise KeyError("k")
