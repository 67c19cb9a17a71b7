import sys
def f(): return len("a")
class N:
    def __del__(self): f()
n = N()
sys.setprofile(lambda frame, event, arg: print(event, frame.f_code.co_name, getattr(arg, "__name__", None)))
f()
