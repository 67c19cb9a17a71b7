import sys
f = open(1, "w", closefd=False)
f.write("unflushed file\n")
print("print")
