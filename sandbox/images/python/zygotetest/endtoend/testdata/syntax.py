import enum, typing, decimal, fractions
class C(enum.Enum):
    A = 1; B = enum.auto()
def m(x):
    match x:
        case [a, *r] if (n := len(r)) > 1: return a, n
        case {"k": v, **rest}: return v, rest
        case C.A: return "A"
        case int() | str(): return type(x)
        case _: return None
print(m([1, 2, 3]), m({"k": 1, "z": 2}), m(C.A), m("s"), m(None), list(C))
type A[T] = list[T]
def g[T](x: T) -> T: return x
print(A, g, A.__value__, C.B)
print(decimal.getcontext(), decimal.Decimal(1) / 3, fractions.Fraction(6, 4))
with decimal.localcontext(prec=5): print(decimal.Decimal(1) / 7)
decimal.getcontext().prec = 3
print(decimal.Decimal(2) / 7)
m(1)(2)
