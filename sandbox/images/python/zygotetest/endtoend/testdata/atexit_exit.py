import atexit, sys
atexit.register(print, "first registered")
atexit.register(sys.exit, 4)
print("body")
