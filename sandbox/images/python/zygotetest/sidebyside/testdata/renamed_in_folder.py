# name: pkg/deep/sol.py
import sys
print(__file__, sys.path[0])
