from decimal import Decimal, getcontext, localcontext
from fractions import Fraction
import numbers
print(getcontext())
with localcontext() as c:
    c.prec = 50
    print(Decimal(2).sqrt())
print(Fraction("0.25") + Fraction(1, 3), isinstance(Decimal(1), numbers.Number), 0.1 + 0.2)
try:
    Decimal(1) / 0
except ArithmeticError as e:
    print(repr(e))
