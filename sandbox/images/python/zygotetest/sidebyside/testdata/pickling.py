import pickle, copy
class Point:
    def __init__(self, x, y): self.x, self.y = x, y
    def __repr__(self): return f"Point({self.x}, {self.y})"
data = pickle.dumps([Point(1, 2)])
print(data, pickle.loads(data), Point.__module__, Point.__qualname__, copy.deepcopy(Point(3, 4)))
