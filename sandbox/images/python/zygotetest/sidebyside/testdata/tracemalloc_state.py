import tracemalloc
print(tracemalloc.is_tracing())
tracemalloc.start()
x = [bytes(1000) for _ in range(10)]
print(tracemalloc.get_traced_memory()[0] >= 10000, tracemalloc.take_snapshot().statistics("lineno")[0].traceback[0].lineno)
