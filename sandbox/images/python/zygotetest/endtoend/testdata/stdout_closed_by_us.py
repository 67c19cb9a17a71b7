import sys
print("first")
sys.stdout.close()
sys.stderr.write("done\n")
