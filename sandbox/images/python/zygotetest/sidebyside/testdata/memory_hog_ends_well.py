x = [[i] for i in range(300_000)]
d = {i: (i, str(i)) for i in range(100_000)}
print(len(x), len(d))
