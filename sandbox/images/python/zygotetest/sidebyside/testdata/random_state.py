import random
print(random.getstate()[0], len(random.getstate()[1]))
random.seed(42)
print(random.random(), random.sample(range(100), 5), random.Random(1).randint(1, 10))
