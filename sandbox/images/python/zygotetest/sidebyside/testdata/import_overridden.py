import builtins
asked, real = [], builtins.__import__
def spy(name, *args, **kw):
    asked.append(name)
    return real(name, *args, **kw)
builtins.__import__ = spy
import random, decimal
print(asked)
