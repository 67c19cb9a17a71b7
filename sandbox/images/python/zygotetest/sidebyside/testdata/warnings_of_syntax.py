print("\d", 1 is 1)
assert (1, "always")
