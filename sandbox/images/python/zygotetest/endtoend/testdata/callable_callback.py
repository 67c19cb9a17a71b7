import weakref
class Callback:
    def __getattribute__(self, name): print("attribute", name); return object.__getattribute__(self, name)
    def __call__(self, r): print("gone")
class A: pass
def _destroy(r): print("destroyed")
a, b = A(), A()
r, s = weakref.ref(a, Callback()), weakref.ref(b, _destroy)
print("end")
