import contextlib
@contextlib.contextmanager
def cm():
    print("enter")
    try:
        yield
    finally:
        print("leave")
c = cm()
c.__enter__()
