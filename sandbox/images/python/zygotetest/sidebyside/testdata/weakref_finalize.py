import weakref
class C: pass
c = C()
f = weakref.finalize(c, print, "finalized")
print("end")
