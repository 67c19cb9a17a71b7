import collections, itertools, functools, operator, heapq, bisect, string, textwrap, statistics
print(collections.Counter("mississippi").most_common(2), collections.OrderedDict(a=1), collections.namedtuple("N", "a b")(1, 2), collections.deque([1, 2], 1))
print(list(itertools.batched("abcdef", 4)), functools.reduce(operator.mul, range(1, 30)), heapq.nsmallest(2, [3, 1, 2]), bisect.bisect([1, 2, 3], 2))
print(textwrap.fill("some words to wrap", 8), string.Template("$a").substitute(a=1), statistics.stdev([1, 2, 4]))
print({k: v for k, v in zip("abc", range(3))}, {1, 2, 3} ^ {3}, f"{3.14159:>10.2f}|{1_000_000:,}|{'x'!r}", 0.1 + 0.2, 10**50, -7 // 2, divmod(-7, 2))
print(collections.abc)
