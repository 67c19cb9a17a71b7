import collections, json, importlib
print(hasattr(collections, "abc"), hasattr(json, "decoder"), hasattr(importlib, "machinery"), hasattr(importlib, "util"))
import os
print(sorted(n for n in dir(os) if not n.startswith("_")))
import importlib.util
print(hasattr(importlib, "util"), hasattr(importlib, "abc"))
