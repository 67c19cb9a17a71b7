import gc, sys
print(gc.get_threshold(), gc.isenabled(), gc.get_debug(), gc.garbage, gc.callbacks)
n = gc.collect()
print(gc.collect(), gc.collect(0), gc.collect(1))
class A: pass
for _ in range(10):
    a = A(); a.a = a
del a
print(gc.collect())
print([sorted(s) for s in gc.get_stats()])
before = gc.get_stats()[0]["collections"]
x = [[] for _ in range(100000)]
print(gc.get_stats()[0]["collections"] > before)
print(gc.is_tracked([]), gc.is_tracked(1), gc.get_referents([1, "a"]))
