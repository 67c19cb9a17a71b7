import atexit, sys
atexit.register(lambda: print("handler", sys.last_value))
raise ValueError("uncaught")
