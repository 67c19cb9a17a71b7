import sys, random
first = random
del sys.modules["random"]
import random
print(random is first, random.Random is first.Random)
import importlib, heapq
print(importlib.reload(heapq) is heapq)
sys.modules["json"] = None
try:
    import json
except ImportError as e:
    print(repr(e))
