mine = "my own heapq"
def heappush(*a): pass
