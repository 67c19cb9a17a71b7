import sys
try:
    exit("bye")
except SystemExit as e:
    print(e.code, sys.stdin.closed)
