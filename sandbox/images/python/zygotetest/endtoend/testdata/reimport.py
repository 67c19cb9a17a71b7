import sys, json, importlib, heapq
print(json is sys.modules["json"], json.decoder is sys.modules["json.decoder"])
old = json
del sys.modules["json"]
import json
print(json is old, json.decoder is old.decoder)
import re
r = importlib.reload(re)
print(r is re, re.match("a+", "aaa"))
del sys.modules["heapq"]
import heapq as h2
print(h2 is heapq, h2.heappush is heapq.heappush, h2.__spec__, h2.__loader__, h2.__cached__, h2.__file__)
import collections; c = collections
for n in [n for n in sys.modules if n.startswith("collections")]: del sys.modules[n]
import collections
print(collections is c, collections.Counter is c.Counter, collections.abc is c.abc)
print(isinstance({}, collections.abc.Mapping))
