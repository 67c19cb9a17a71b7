import atexit
for i in range(3):
    atexit.register(print, "handler", i)
@atexit.register
def last(): print("registered last")
print("end")
