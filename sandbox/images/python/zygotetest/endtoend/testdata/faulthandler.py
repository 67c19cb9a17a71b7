import faulthandler, tracemalloc, sys, gc
print(faulthandler.is_enabled(), tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
tracemalloc.start()
a = [bytes(1000) for _ in range(100)]
print(tracemalloc.get_traced_memory()[0] > 100000)
tracemalloc.stop()
faulthandler.enable()
import os
print("x", flush=True)
os.abort()
