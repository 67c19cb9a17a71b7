import atexit, sys
class Handler:
    def __call__(self):
        print("handler")
        sys.exit(3)
    def __repr__(self): return "Handler()"
atexit.register(Handler())
