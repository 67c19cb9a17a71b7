import sys
d = sys.stdin.buffer.read()
print(len(d), d[:10])
sys.stdout.buffer.write(d[::-1])
