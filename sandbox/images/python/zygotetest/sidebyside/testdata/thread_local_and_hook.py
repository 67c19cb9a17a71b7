import threading
threading.excepthook = lambda a: print("hook", a.exc_type.__name__, a.exc_value)
loc = threading.local(); loc.x = 1
def work():
    print(hasattr(loc, "x"))
    raise KeyError("k")
t = threading.Thread(target=work); t.start(); t.join()
