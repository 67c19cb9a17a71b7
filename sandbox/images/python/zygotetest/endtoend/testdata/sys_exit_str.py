import sys
print("x", end="")
sys.exit("a message, ünïcode")
