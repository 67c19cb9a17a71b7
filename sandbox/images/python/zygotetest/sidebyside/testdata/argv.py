# args: one "two three" é
import sys
print(sys.argv, sys.orig_argv)
