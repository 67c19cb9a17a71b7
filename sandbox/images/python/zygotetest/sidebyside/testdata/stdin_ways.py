import sys, os
print(sys.stdin.readline(), end="")
print(next(sys.stdin), end="")
print(sys.stdin.buffer.readline())
print(sys.stdin.read(3))
print([line for line in sys.stdin])
print(os.read(0, 10), open(0).read() == "")
