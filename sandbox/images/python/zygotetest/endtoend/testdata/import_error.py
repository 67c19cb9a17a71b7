try:
    import nothing_of_that_name
except ImportError as e:
    print(repr(e), e.name, e.path)
try:
    from collections import defautldict
except ImportError as e:
    print(e)
import collections.nothing
