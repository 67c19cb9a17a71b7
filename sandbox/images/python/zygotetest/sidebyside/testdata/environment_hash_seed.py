# env: PYTHONHASHSEED=1
import sys
print(hash("a"), sys.flags.hash_randomization)
