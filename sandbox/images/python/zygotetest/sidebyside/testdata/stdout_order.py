import sys, os
print("buffered")
os.write(1, b"direct\n")
sys.stderr.write("unbuffered")
print("flushed", flush=True)
print("rest", end="")
