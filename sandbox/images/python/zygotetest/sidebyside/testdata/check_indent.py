# mode: check
def f():
return 1
