import random, sys
random.seed(1)
print(random.random(), random.randint(1, 100), random.sample(range(100), 5), random.choice("abc"), random.gauss(0, 1))
r = random.Random("text"); print(r.random(), r.getrandbits(70))
x = list(range(10)); random.shuffle(x); print(x, sys.flags.hash_randomization, hash(1), hash((1, 2)), hash(1.5), hash(None) == hash(None))
