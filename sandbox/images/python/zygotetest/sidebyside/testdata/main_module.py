print(sorted(globals()))
print(__name__, __file__, __builtins__, __spec__, __cached__, __doc__, __package__, __annotations__)
print(__loader__.__class__, __loader__.name, __loader__.path)
import __main__, sys
print(__main__ is sys.modules["__main__"], vars(__main__) is globals())
