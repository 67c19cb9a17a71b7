import sys
main = sys.modules["__main__"]
print(sorted(vars(main)))
print(__name__, __file__, __package__, __spec__, __doc__, type(__loader__), __loader__.name, __loader__.path)
print(main.__dict__ is globals(), type(__builtins__), __builtins__ is sys.modules["builtins"])
print(main, repr(main.__name__))
