import sys, importlib.abc, importlib.machinery
asked = []
class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        asked.append(name)
        if name == "invented":
            return importlib.machinery.ModuleSpec(name, Loader())
class Loader(importlib.abc.Loader):
    def exec_module(self, module): module.value = 42
sys.meta_path.insert(0, Finder())
import invented, heapq, random
print(invented.value, asked)
