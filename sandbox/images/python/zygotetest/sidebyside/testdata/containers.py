import collections, heapq, bisect, itertools, functools, operator, array, queue, copy, struct
print(collections.Counter("mississippi").most_common(2), collections.deque([1, 2, 3], 2), collections.OrderedDict(a=1), collections.defaultdict(list))
h = [5, 1, 4]; heapq.heapify(h); print(heapq.heappop(h), heapq.nsmallest(2, h), bisect.bisect([1, 3, 5], 3))
print(list(itertools.accumulate([1, 2, 3])), list(itertools.batched("abcdef", 4)), functools.reduce(operator.mul, range(1, 10)))
q = queue.PriorityQueue(); q.put((2, "b")); q.put((1, "a")); print(q.get(), array.array("i", [1, 2]), struct.pack("<IH", 1, 2))
print(copy.deepcopy({"a": [1, {2}]}), {3, 1, 2}, frozenset([1]))
