class Bare:
    __slots__ = ()
    def __del__(self): print("del")
a = Bare()
