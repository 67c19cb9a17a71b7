import sys, threading
threading.stack_size(256 << 20)
sys.setrecursionlimit(1 << 20)
def f(n):
    return 0 if n == 0 else 1 + f(n - 1)
def main():
    print(f(100_000))
t = threading.Thread(target=main)
t.start(); t.join()
