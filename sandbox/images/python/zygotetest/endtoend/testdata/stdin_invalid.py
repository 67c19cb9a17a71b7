import sys
for line in sys.stdin: print(ascii(line))
