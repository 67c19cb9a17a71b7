import math, cmath, statistics, sys
print(math.gcd(12, 18), math.isqrt(10 ** 20), math.comb(50, 25), math.prod([2, 3]), math.inf, math.nan, math.dist((0, 0), (3, 4)))
print(cmath.sqrt(-1), statistics.median([1, 5, 2]), statistics.stdev([1, 2, 4]), 2 ** 200, pow(3, -1, 7), divmod(-7, 2), round(2.5))
print(sys.maxsize, sys.float_info.max, sys.hash_info.modulus, hash(1.5), int("1" * 4300) % 97)
int("1" * 5000)
