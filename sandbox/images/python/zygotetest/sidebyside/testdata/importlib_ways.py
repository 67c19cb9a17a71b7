import importlib, runpy
m = importlib.import_module("collections.abc")
print(m.__name__, importlib.import_module("heapq").heappush)
print(sorted(k for k in runpy.run_path(__file__, run_name="other") if not k.startswith("_")) if __name__ == "__main__" else "")
