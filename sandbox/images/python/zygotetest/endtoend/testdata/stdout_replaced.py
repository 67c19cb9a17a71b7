import sys, io, os
sys.stdout = io.TextIOWrapper(os.fdopen(os.dup(1), "wb"), encoding="utf-16")
print("replaced")
