# Whatever looks at the objects of the program in the end must not be noticed.
class Meta(type):
    def __getattribute__(cls, name):
        print("class asked for", name)
        return type.__getattribute__(cls, name)
    def __hash__(cls):
        print("class hashed")
        return 1
    def __eq__(cls, other):
        print("class compared")
        return cls is other
    def __instancecheck__(cls, o):
        print("instance checked")
        return False
    def __subclasscheck__(cls, o):
        print("subclass checked")
        return False
class C(metaclass=Meta):
    def __getattribute__(self, name):
        print("asked for", name)
        return object.__getattribute__(self, name)
    def __eq__(self, o):
        print("compared")
    def __bool__(self):
        print("truth asked")
        return True
    def __len__(self):
        print("length asked")
        return 1
l = [C(), C()]
d = {"c": l}
d["d"] = d
print("end")
