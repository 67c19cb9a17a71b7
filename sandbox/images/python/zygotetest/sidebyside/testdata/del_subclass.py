class Base:
    def __del__(self): print("del of", type(self).__name__)
class Child(Base): pass
x = Child()
del Base, Child
