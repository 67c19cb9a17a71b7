import inspect, linecache, sys
def f(a, b=2):
    """Doc."""
    return [(x.filename, x.lineno, x.function, x.code_context) for x in inspect.stack()]
print(f(1))
print(inspect.getsource(f), inspect.signature(f), inspect.getsourcefile(f), inspect.getmodule(f))
def chain():
    fr = sys._getframe(); n = []
    while fr: n.append((fr.f_code.co_name, fr.f_lineno, fr.f_code.co_filename)); fr = fr.f_back
    return n
print(chain(), sys._getframe().f_back, sys._getframe().f_globals is globals())
