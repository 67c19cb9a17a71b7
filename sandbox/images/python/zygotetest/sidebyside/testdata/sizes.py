import sys
class S: __slots__ = ("a",)
print(sys.getsizeof([]), sys.getsizeof({}), sys.getsizeof(""), sys.getsizeof(S()), sys.getrefcount(S()), sys.getrefcount(object()))
