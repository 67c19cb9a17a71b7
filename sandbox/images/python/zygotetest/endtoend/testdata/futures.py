from concurrent.futures import ThreadPoolExecutor, as_completed
def f(n):
    if n == 3: raise ValueError(n)
    return n * 2
pool = ThreadPoolExecutor(2)
fs = [pool.submit(f, n) for n in range(5)]
print([x.exception() or x.result() for x in fs])
pool.submit(print, "left in the pool")
