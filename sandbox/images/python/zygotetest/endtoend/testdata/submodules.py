import collections
print("abc" in vars(collections), hasattr(collections, "abc"))
import os
print(hasattr(os, "path"), os.path.__name__)
import importlib
print(hasattr(importlib, "util"), hasattr(importlib, "machinery"), hasattr(importlib, "abc"))
import concurrent
print(hasattr(concurrent, "futures"))
import xml
print(hasattr(xml, "etree"))
import ctypes
print(hasattr(ctypes, "util"), hasattr(ctypes, "wintypes"))
import json
print(hasattr(json, "decoder"), hasattr(json, "tool"))
import logging
print(hasattr(logging, "handlers"))
print(logging)
ctypes.util
