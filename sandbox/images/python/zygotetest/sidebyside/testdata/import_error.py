try:
    import nothing_of_that_name
except ModuleNotFoundError as e:
    print(e, e.name)
from math import squareroot
