from concurrent.futures import ThreadPoolExecutor, ProcessPoolExecutor
with ThreadPoolExecutor(4) as e:
    print(list(e.map(lambda v: v * v, range(10))))
pool = ThreadPoolExecutor(2)
f = pool.submit(pow, 2, 10)
print(f.result())
