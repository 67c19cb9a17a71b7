"""The documentation of a program."""
x: int = 3
print(__doc__, __annotations__)
