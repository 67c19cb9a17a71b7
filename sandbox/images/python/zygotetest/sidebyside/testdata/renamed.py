# name: solution.py
# args: a b
import sys, __main__, os
print(__file__, sys.argv, sys.orig_argv, sys.path[0], __main__.__loader__.path, __spec__)
def f(): raise ValueError(__name__)
f()
