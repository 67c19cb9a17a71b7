import decimal
print(decimal.__file__)
import fractions
print(fractions.Decimal)
