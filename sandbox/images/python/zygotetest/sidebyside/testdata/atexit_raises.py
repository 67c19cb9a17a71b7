import atexit
class Bad:
    def __call__(self): raise ValueError("in a handler")
    def __repr__(self): return "Bad()"
atexit.register(print, "still called")
atexit.register(Bad())
