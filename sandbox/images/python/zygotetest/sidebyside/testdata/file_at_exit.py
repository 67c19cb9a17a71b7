# Flushed only by the end of the interpreter, seen by a child that outlives it.
import os, sys, time
r, w = os.pipe()
if os.fork() == 0:
    os.close(w)
    os.read(r, 1)
    print(repr(open("out.txt").read()))
    sys.stdout.flush()
    os._exit(0)
os.close(r)
os.set_inheritable(w, True)
f = open("out.txt", "w")
f.write("flushed at the end")
keep = os.fdopen(w, "wb", closefd=False)
