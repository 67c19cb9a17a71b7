import subprocess, sys
# Each alone, in a child of a child that forgets what was there.
import os
for name in "abc array ast atexit bisect calendar cmath collections contextlib copy ctypes dataclasses datetime decimal enum fractions functools gc heapq io itertools json keyword linecache math numbers operator pprint queue random re reprlib signal statistics string struct textwrap threading time traceback types typing warnings weakref".split():
    print(subprocess.run([sys.executable, "-c", f"import sys, {name}; print('{name}', list(sys.modules))"], capture_output=True, text=True).stdout, end="")
