import weakref
class A: pass
a = A()
weakref.finalize(a, print, "finalize a")
b = A()
f = weakref.finalize(b, print, "finalize b")
f.atexit = False
c = A()
weakref.finalize(c, print, "finalize c")
del c
print("end")
