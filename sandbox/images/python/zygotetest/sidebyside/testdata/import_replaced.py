import sys, types
fake = types.ModuleType("bisect"); fake.bisect = fake.insort = fake.bisect_left = fake.bisect_right = "fake"
sys.modules["bisect"] = fake
import random, statistics
print(random._bisect, statistics.bisect_left)
