import random
print(random.Random().getrandbits(64), random.SystemRandom().random())
