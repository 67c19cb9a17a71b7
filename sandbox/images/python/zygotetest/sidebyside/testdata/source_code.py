import inspect, linecache, sys
def f(a, b=2):
    """doc"""
    return a + b   # a comment
class C:
    x = 1
print(inspect.getsource(f), inspect.getsource(C), inspect.getsourcefile(f), inspect.signature(f), inspect.getdoc(f))
print(linecache.getline(__file__, 1), inspect.getmodule(f) is sys.modules["__main__"])
print(f.__code__.co_filename, f.__code__.co_firstlineno)
