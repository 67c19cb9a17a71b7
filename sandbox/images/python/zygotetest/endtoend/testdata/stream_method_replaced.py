import os, sys
write, flush = sys.stdout.write, sys.stdout.flush
def shout(s): return write(s.upper())
def loud():
    flush()
    os.write(1, b"flushed\n")
sys.stdout.write, sys.stdout.flush = shout, loud
print("replaced")
