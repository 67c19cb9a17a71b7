import sys
for i in range(20000):
    print(i, i * i)
sys.stdout.write("x" * 100_000)
