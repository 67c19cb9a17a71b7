# mode: check
# name: sol.py
def f(
