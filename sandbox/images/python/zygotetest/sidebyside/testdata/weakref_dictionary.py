import weakref
class C: pass
d = weakref.WeakValueDictionary()
c = d["k"] = C()
print(len(d), list(d))
