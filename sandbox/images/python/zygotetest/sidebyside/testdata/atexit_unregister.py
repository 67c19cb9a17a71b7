import atexit
def h(): print("handler")
atexit.register(h)
atexit.unregister(h)
