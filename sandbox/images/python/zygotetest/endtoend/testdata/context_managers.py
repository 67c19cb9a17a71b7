import contextlib
@contextlib.contextmanager
def cm():
    print("enter")
    try: yield
    finally: print("leave")
c = cm()
c.__enter__()
stack = contextlib.ExitStack()
stack.callback(print, "never called")
with contextlib.suppress(ZeroDivisionError): 1 / 0
async def co():
    print("never")
x = co()
print("end")
