import sys
before = set(sys.modules)
for name in "json re random collections dataclasses typing datetime decimal ctypes fractions heapq bisect itertools math string".split():
    __import__(name)
    now = set(sys.modules)
    print(name, sorted(now - before))
    before = now
print(list(sys.modules))
