import json, re, random, collections, heapq, datetime, decimal, math, typing, enum
for m in (json, re, random, collections, heapq, datetime, decimal, math, typing, enum):
    print(m.__name__, m.__spec__, m.__loader__.__class__, getattr(m, "__file__", None), getattr(m, "__cached__", None), getattr(m, "__path__", None), m.__package__, sorted(vars(m)))
