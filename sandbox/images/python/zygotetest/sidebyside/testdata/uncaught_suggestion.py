import collections
try:
    collections.Countr
except AttributeError:
    pass
value = 1
print(valeu)
