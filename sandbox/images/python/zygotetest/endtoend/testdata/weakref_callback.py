import weakref
class A: pass
a = A()
r = weakref.ref(a, lambda r: print("a gone"))
s = A()
s.x = A()
r2 = weakref.ref(s.x, lambda r: print("x gone"))
p = weakref.proxy(s, lambda r: print("proxy gone"))
print("end")
