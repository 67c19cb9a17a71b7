import random
raise RuntimeError("while it is imported")
