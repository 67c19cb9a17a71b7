# A module that the program writes beside its working directory.
import sys, os, importlib
open("made.py", "w").write("x = 1\n")
sys.path.append(os.getcwd())
importlib.invalidate_caches()
import made
print(made.x, made.__file__, os.listdir("."))
