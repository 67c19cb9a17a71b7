# name: my solution-é.py
import sys
print(__file__, sys.argv, sys.orig_argv, __loader__.path)
print(open("/proc/self/comm").read())
1 / 0
