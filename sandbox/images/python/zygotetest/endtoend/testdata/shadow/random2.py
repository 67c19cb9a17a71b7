x = 3
print("loading", __name__, __file__, __spec__.cached is not None)
def fail():
    raise ValueError("in a module")
