class Proxy:
    def __getattribute__(self, name):
        print("asked for", name)
        return object.__getattribute__(self, name)
class Meta(type):
    def __getattr__(cls, name):
        print("class asked for", name)
        raise AttributeError(name)
class M(metaclass=Meta): pass
p = Proxy()
m = M()
print("end")
