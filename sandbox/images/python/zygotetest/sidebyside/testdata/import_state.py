import heapq, random, collections, json
for m in (heapq, random, collections, json):
    print(m.__name__, m.__file__, m.__spec__.origin, m.__spec__.cached, m.__loader__.__class__.__name__, m.__spec__._initializing, m.__package__)
print(json.decoder, collections.abc)
import importlib.util
print(importlib.util.find_spec("random") == random.__spec__, importlib.util.find_spec("fractions").origin)
