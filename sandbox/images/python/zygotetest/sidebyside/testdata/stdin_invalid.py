import sys
print(sys.stdin.buffer.peek(2)[:2])
sys.stdin.read()
