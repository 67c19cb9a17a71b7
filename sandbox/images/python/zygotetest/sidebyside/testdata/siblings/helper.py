import heapq
def answer(): return 42
def fail(): return 1 / 0
