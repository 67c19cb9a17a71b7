import weakref
class Callback:
    def __getattribute__(self, name):
        print("asked for", name)
        return object.__getattribute__(self, name)
    def __call__(self, ref): print("called")
class C: pass
c = C()
r = weakref.ref(c, Callback())
p = weakref.proxy(c)
