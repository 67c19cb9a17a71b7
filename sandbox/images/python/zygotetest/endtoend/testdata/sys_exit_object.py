import sys
class Odd:
    def __str__(self): return "odd"
    def __repr__(self): return "<odd>"
print("x")
sys.exit([Odd(), 1.5])
