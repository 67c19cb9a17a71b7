import sys, traceback
f, n = sys._getframe(), []
while f:
    n.append((f.f_code.co_filename, f.f_code.co_name))
    f = f.f_back
print(n)
traceback.print_stack()
