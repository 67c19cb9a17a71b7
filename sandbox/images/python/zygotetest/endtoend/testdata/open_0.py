import os, sys
f = open(0)
print(f.readline().split(), f.read())
