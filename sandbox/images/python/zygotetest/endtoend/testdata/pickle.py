import pickle, copy
class P:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return self.x == o.x
def fun(): pass
d = pickle.dumps([P(1), fun, P])
print(d)
print(pickle.loads(d)[0] == P(1), copy.deepcopy(P([1])).x)
print(pickle.dumps(lambda: 0))
