class Meta(type):
    def __getattr__(cls, name): print("asked for", name); raise AttributeError(name)
    def __hash__(cls): print("hashed"); return 1
    def __eq__(cls, other): print("compared"); return cls is other
    def __instancecheck__(cls, o): print("instance?"); return False
    def __subclasscheck__(cls, o): print("subclass?"); return False
class Asked(metaclass=Meta):
    def __getattribute__(self, name): print("attribute", name); return object.__getattribute__(self, name)
a = Asked()
print("end")
