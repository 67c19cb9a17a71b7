# env: PYTHONOPTIMIZE=1
assert False
print(__debug__)
