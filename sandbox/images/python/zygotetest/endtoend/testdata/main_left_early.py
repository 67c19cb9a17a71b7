import sys, atexit
def check():
    m = sys.modules["__main__"]
    print(sorted(k for k in vars(m) if not k.startswith("__")), hasattr(m, "__file__"))
atexit.register(check)
x = 1
