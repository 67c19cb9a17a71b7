import heapq, random2 as r
print(heapq.mine, r.x)
import statistics
print(statistics.random.mine, statistics.mean([1, 2]))
import sys
print("string" in sys.modules, __import__("string").mine)
print(sys.path[0])
r.fail()
