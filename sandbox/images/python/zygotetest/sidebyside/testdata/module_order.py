import sys
def fresh(name):
    before = set(sys.modules)
    __import__(name)
    print(name, sorted(m for m in sys.modules if m not in before))
for name in "heapq collections re json functools typing threading random decimal statistics traceback inspect".split():
    fresh(name)
