import sys
import statistics, random
print(statistics.bisect_left, random._bisect, sys.modules["bisect"].__file__)
