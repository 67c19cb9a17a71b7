import sys, traceback, inspect
f, names = sys._getframe(), []
while f:
    names.append((f.f_code.co_name, f.f_code.co_filename, f.f_lineno))
    f = f.f_back
print(names)
print(len(inspect.stack()))
traceback.print_stack()
