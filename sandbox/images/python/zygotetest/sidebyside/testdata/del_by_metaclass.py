class Meta(type):
    def __del__(cls): print("end of", cls.__name__)
class C(metaclass=Meta): pass
