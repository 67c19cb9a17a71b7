import atexit
atexit.register(print, "atexit 1")
atexit.register(print, "atexit 2")
class Quit(SystemExit): pass
try:
    raise Quit(5)
finally:
    print("finally")
