import sys
print(list(sys.modules))
print(sys.builtin_module_names == tuple(sorted(sys.builtin_module_names)), len(sys.stdlib_module_names) > 200)
import random
print(sorted(sys.modules))
import dataclasses, statistics, json.decoder, traceback
print(sorted(sys.modules))
