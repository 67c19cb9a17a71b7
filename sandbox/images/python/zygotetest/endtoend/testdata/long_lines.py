import sys
print("x" * 300000)
sys.stdout.write("y" * 10)
print(*range(20000), sep=",", end="")
