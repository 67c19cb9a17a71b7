import sys, threading
sys.setrecursionlimit(10**6)
threading.stack_size(64 << 20)
def d(n): return 0 if n == 0 else d(n - 1) + 1
def main(): print(d(50000))
t = threading.Thread(target=main); t.start(); t.join()
