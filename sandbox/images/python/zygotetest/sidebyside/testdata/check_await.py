# mode: check
def f():
    await g()
